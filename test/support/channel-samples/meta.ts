import { createHmac } from 'node:crypto';
import { MetaWebhookController } from '../../../src/channels/meta/meta-webhook.controller.js';
import { appSecretProof } from '../../../src/channels/meta/signature.js';
import { splitMetaDelivery } from '../../../src/channels/meta/split-delivery.js';
import { type ChannelsUnderTest, app } from '../channels.js';
import { type GraphReply, graphError } from '../fake-graph.js';
import { type ChannelSample, callController, sent } from './sample.js';

const token = 'EAATOKEN';
const json = (body: object) => Buffer.from(JSON.stringify(body));

type Kind = Pick<ChannelSample, 'settings' | 'account' | 'accepted' | 'unknown'> & {
  readonly sendPath: string;
  readonly entry: (message: string) => object;
  readonly object: string;
};

function sample(kind: Kind): ChannelSample {
  const { object, entry, sendPath, ...rest } = kind;
  return {
    ...rest,
    token,
    urlVariable: 'META_GRAPH_URL',
    split: splitMetaDelivery,
    deliveries: (ids) => [json({ object, entry: ids.map(entry) })],
    nameOf: (id) => id,
    oneBad: [json({ object, entry: [entry('a'), { id: [], messaging: 7, changes: 'x' }, entry('b')] })],
    acceptedName: 'm_B1',
    checkSend(call) {
      const query = { appsecret_proof: appSecretProof(token, app.secret) };
      expect(call).toMatchObject({ method: 'POST', path: sendPath, token, query });
      for (const part of [sent.id, sent.replyTo, sent.customer]) expect(JSON.stringify(call?.body)).toContain(part);
    },
    tokenRefused: graphError(190, 460, 401),
    limited: { status: 429, raw: '', headers: { 'retry-after': '17' } },
    refused: graphError(987_654),
    unsubscribe: /^DELETE \d+\/subscribed_apps$/,
    webhook: async (channels: ChannelsUnderTest) => {
      const post = (body: Buffer, headers: Record<string, string>) => {
        const controller = channels.module.get(MetaWebhookController);
        return callController((request, reply) => controller.receive(request, reply), body, headers);
      };
      const signature = (body: Buffer, secret: string) =>
        `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
      const signed = (by: (body: Buffer) => string) => (body: Buffer) =>
        post(body, { 'x-hub-signature-256': by(body) });
      return {
        genuine: signed((body) => signature(body, app.secret)),
        forged: {
          'with no signature': (body) => post(body, {}),
          'with an empty one': signed(() => ''),
          'with another secret’s': signed((body) => signature(body, 'other')),
          'with one cut short': signed((body) => signature(body, app.secret).slice(0, -2)),
          'with another body’s': signed((body) => signature(Buffer.concat([body, Buffer.from(' ')]), app.secret)),
        },
      };
    },
  };
}

const accepted: GraphReply = { body: { recipient_id: sent.customer, message_id: 'm_B1' } };

function messaging(object: string, settings: Record<string, unknown>, sendPath: string): ChannelSample {
  const head = { id: '66', time: 1 };
  const parties = { sender: { id: sent.customer }, recipient: { id: '66' }, timestamp: 1 };
  return sample({
    object,
    settings,
    sendPath,
    account: `${object}:66`,
    accepted,
    entry: (mid) => ({ ...head, messaging: [{ ...parties, message: { mid, text: 'x' } }] }),
    unknown: json({ object, entry: [{ ...head, messaging: [{ ...parties, hologram: {} }] }] }),
  });
}

const whatsAppChange = (message: object) => {
  const value = {
    metadata: { phone_number_id: '66' },
    messages: [{ from: sent.customer, timestamp: '1', ...message }],
  };
  return { id: '77', changes: [{ field: 'messages', value }] };
};

/** What Meta’s three channels are to the suite. */
export const metaSamples: Readonly<Record<string, ChannelSample>> = {
  MESSENGER: messaging('page', {}, '66/messages'),
  INSTAGRAM: messaging('instagram', { instagram: true, pageId: '900' }, '900/messages'),
  WHATSAPP: sample({
    object: 'whatsapp_business_account',
    settings: { wabaId: '77' },
    account: 'whatsapp:66',
    sendPath: '66/messages',
    accepted: {
      body: {
        messaging_product: 'whatsapp',
        contacts: [{ input: sent.customer, wa_id: sent.customer }],
        messages: [{ id: 'm_B1', message_status: 'accepted' }],
      },
    },
    entry: (id) => whatsAppChange({ id, type: 'text', text: { body: 'x' } }),
    unknown: json({ object: 'whatsapp_business_account', entry: [whatsAppChange({ id: 'a', type: 'hologram' })] }),
  }),
};
