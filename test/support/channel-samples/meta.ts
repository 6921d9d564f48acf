import { createHmac } from 'node:crypto';
import { MetaWebhookController } from '../../../src/channels/meta/meta-webhook.controller.js';
import { appSecretProof } from '../../../src/channels/meta/signature.js';
import { splitMetaDelivery } from '../../../src/channels/meta/split-delivery.js';
import { type ChannelsUnderTest, app } from '../channels.js';
import { type GraphReply, graphError } from '../fake-graph.js';
import { type ChannelSample, callController, sent } from './sample.js';

const token = 'EAATOKEN';
const json = (body: object) => Buffer.from(JSON.stringify(body));

type Kind = Pick<ChannelSample, 'settings' | 'account' | 'accepted' | 'unknown' | 'kinds' | 'done'> & {
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

/** What Messenger and Instagram are told; the heart is the one reaction that both take. */
function pageKinds(path: string): ChannelSample['kinds'] {
  const recipient = { id: sent.customer };
  const offering = (titles: readonly string[]) => ({
    path,
    body: {
      recipient,
      messaging_type: 'RESPONSE',
      message: {
        text: 'Hello',
        quick_replies: titles.map((title) => ({ content_type: 'text', title, payload: title })),
      },
    },
  });
  const act = (sender_action: string, more: object = {}) => ({ path, body: { recipient, sender_action, ...more } });
  const about = { message_id: sent.replyTo };
  return {
    'a reply': { path, body: { recipient, reply_to: { mid: sent.replyTo } } },
    'quick replies': offering(['Red', 'Blue']),
    'more quick replies than there is room for buttons': offering(['One', 'Two', 'Three', 'Four']),
    'a reaction': act('react', { payload: { ...about, reaction: 'love' } }),
    'a reaction taken off': act('unreact', { payload: about }),
    typing: act('typing_on'),
    seen: act('mark_seen'),
  };
}

function messaging(object: string, settings: Record<string, unknown>, sendPath: string): ChannelSample {
  const head = { id: '66', time: 1 };
  const parties = { sender: { id: sent.customer }, recipient: { id: '66' }, timestamp: 1 };
  return sample({
    object,
    settings,
    sendPath,
    account: `${object}:66`,
    accepted,
    kinds: pageKinds(sendPath),
    done: { body: { recipient_id: sent.customer } },
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

const readOf = { messaging_product: 'whatsapp', status: 'read', message_id: sent.replyTo };
const whatsApp = (body: object) => ({
  path: '66/messages',
  body: { messaging_product: 'whatsapp', to: sent.customer, ...body },
});

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
    kinds: {
      'a reply': whatsApp({ type: 'text', context: { message_id: sent.replyTo } }),
      'quick replies': whatsApp({
        type: 'interactive',
        interactive: {
          type: 'button',
          body: { text: 'Hello' },
          action: { buttons: ['Red', 'Blue'].map((title) => ({ type: 'reply', reply: { id: title, title } })) },
        },
      }),
      'more quick replies than there is room for buttons': whatsApp({
        type: 'interactive',
        interactive: {
          type: 'list',
          body: { text: 'Hello' },
          action: { sections: [{ rows: ['One', 'Two', 'Three', 'Four'].map((title) => ({ id: title, title })) }] },
        },
      }),
      'a template': whatsApp({
        type: 'template',
        biz_opaque_callback_data: sent.id,
        template: {
          name: 'order_ready',
          language: { code: 'tr' },
          components: [
            { type: 'header', parameters: [{ type: 'text', text: 'Ayse' }] },
            { type: 'body', parameters: [{ type: 'text', parameter_name: 'number', text: '42' }] },
            { type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: 'o42' }] },
          ],
        },
      }),
      'a reaction': whatsApp({ type: 'reaction', reaction: { message_id: sent.replyTo, emoji: '❤️' } }),
      'a reaction taken off': whatsApp({ type: 'reaction', reaction: { message_id: sent.replyTo, emoji: '' } }),
      typing: { path: '66/messages', body: { ...readOf, typing_indicator: { type: 'text' } } },
      seen: { path: '66/messages', body: readOf },
    },
    done: { body: { messaging_product: 'whatsapp', success: true, messages: [{ id: 'm_B1' }] } },
    entry: (id) => whatsAppChange({ id, type: 'text', text: { body: 'x' } }),
    unknown: json({ object: 'whatsapp_business_account', entry: [whatsAppChange({ id: 'a', type: 'hologram' })] }),
  }),
};
