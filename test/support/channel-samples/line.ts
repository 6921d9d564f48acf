import { createHmac } from 'node:crypto';
import { ConnectLine } from '../../../src/channels/line/connect-line.js';
import { LineWebhookController } from '../../../src/channels/line/line-webhook.controller.js';
import { splitLineDelivery } from '../../../src/channels/line/split-line.js';
import { sealCall } from '../../../src/channels/webhooks/delivery-envelope.js';
import { origin } from '../channels.js';
import { type ChannelSample, callController, sent } from './sample.js';

const channelId = '0199a3c4-0000-7000-8000-0000000000c2';
const token = 'LINETOKEN';
const secret = '0123456789abcdef0123456789abcdef';
const event = (more: object) => ({
  timestamp: 1_790_000_000_000,
  source: { type: 'user', userId: 'U4af4980629' },
  mode: 'active',
  webhookEventId: '01FZ74A0TDDPYRVKNK77XKC3ZR',
  ...more,
});
const message = (id: string) => event({ type: 'message', message: { id, type: 'text', text: 'x' } });
const stored = (events: unknown) =>
  sealCall({ channelId, body: Buffer.from(JSON.stringify({ destination: 'U66', events })) });

const pushed = (labels: readonly string[]) => {
  const items = labels.map((label) => ({ type: 'action', action: { type: 'message', label, text: label } }));
  const message = { type: 'text', text: 'Hello', quickReply: { items } };
  return { path: '/line/v2/bot/message/push', body: { to: sent.customer, messages: [message] } };
};

/** What LINE is to the suite. */
export const lineSamples: Readonly<Record<string, ChannelSample>> = {
  LINE: {
    settings: { basicId: '@demo' },
    token,
    webhookSecret: secret,
    urlVariable: 'LINE_API_URL',
    account: `channel:${channelId}`,
    split: splitLineDelivery,
    deliveries: (ids) => [stored(ids.map(message))],
    nameOf: (id) => id,
    unknown: stored([event({ type: 'hologram' })]),
    oneBad: [stored([message('a'), 7, message('b')])],
    accepted: { body: { sentMessages: [{ id: '461230966842064897', quoteToken: 'q' }] } },
    acceptedName: '461230966842064897',
    checkSend(call) {
      expect(call).toMatchObject({
        method: 'POST',
        path: '/line/v2/bot/message/push',
        token,
        body: { to: sent.customer, messages: [{ type: 'text', text: 'Hello' }] },
      });
    },
    kinds: {
      'quick replies': pushed(['Red', 'Blue']),
      'more quick replies than there is room for buttons': pushed(['One', 'Two', 'Three', 'Four']),
    },
    done: { body: {} },
    tokenRefused: { status: 401, body: { message: 'PROVIDER TEXT' } },
    limited: { status: 429, body: { message: 'PROVIDER TEXT' }, headers: { 'retry-after': '17' } },
    refused: { status: 400, body: { message: 'PROVIDER TEXT' } },
    unsubscribe: /^POST \/line\/v2\/oauth\/revoke$/,
    webhook: async (channels) => {
      channels.graph.answer = () => ({ body: { userId: 'U66', displayName: 'Demo Shop', basicId: '@demo' } });
      const input = { channelAccessToken: token, channelSecret: secret };
      const channel = await channels.module.get(ConnectLine).run(await channels.workspace(), origin, input);
      const post = (body: Buffer, headers: Record<string, string>) => {
        const controller = channels.module.get(LineWebhookController);
        return callController((request, reply) => controller.receive(channel.id, request, reply), body, headers);
      };
      const sign = (body: Buffer, by = secret) => createHmac('sha256', by).update(body).digest('base64');
      const signed = (as: (body: Buffer) => string) => (body: Buffer) => post(body, { 'x-line-signature': as(body) });
      return {
        genuine: signed((body) => sign(body)),
        forged: {
          'with no signature': (body) => post(body, {}),
          'with an empty one': signed(() => ''),
          'with another secret’s': signed((body) => sign(body, 'other')),
          'with one cut short': signed((body) => sign(body).slice(0, -2)),
          'with another body’s': signed(() => sign(Buffer.from('{ }'))),
        },
      };
    },
  },
};
