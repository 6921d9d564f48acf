import type { InboundEvent, MessageEvent } from '../inbound-event.js';
import { splitMetaDelivery } from './split-delivery.js';
import { interpretWhatsAppItem } from './whatsapp-events.js';

const receivedAt = 1_790_000_100_000;
const at = 1_790_000_000_000;
const ourMessage = '0199a3c4-0000-7000-8000-000000000001';
const metadata = { display_phone_number: '905550000001', phone_number_id: '660000000000001' };
const contact = { profile: { name: 'Ayse' }, wa_id: '905550000099', user_id: 'TR.8Kd2example' };

/** A change as the platform sends it, cut into its items and interpreted. */
function play(field: string, value: object): InboundEvent[] {
  const change = { field, value: { messaging_product: 'whatsapp', metadata, ...value } };
  const body = { object: 'whatsapp_business_account', entry: [{ id: '770000000000001', changes: [change] }] };
  const split = splitMetaDelivery(Buffer.from(JSON.stringify(body)));
  expect(split.broken).toEqual([]);
  for (const item of split.items) expect([item.account, item.topic]).toEqual(['whatsapp:660000000000001', 'messages']);
  return split.items.flatMap((item) => interpretWhatsAppItem(item.payload, receivedAt));
}

const from = { from: '905550000099', from_user_id: 'TR.8Kd2example', id: 'wamid.A1==', timestamp: '1790000000' };
const wrote = (part: object) => play('messages', { contacts: [contact], messages: [{ ...from, ...part }] });

const customer = {
  addresses: [
    { externalId: 'TR.8Kd2example', handle: null },
    { externalId: '905550000099', handle: '+905550000099' },
  ],
  name: 'Ayse',
};
const plain = {
  type: 'message',
  at,
  from: 'contact',
  externalId: 'wamid.A1==',
  customer,
  text: null,
  attachments: [],
  replyToExternalId: null,
  content: null,
  ourMessageId: null,
  ours: false,
  standby: false,
};
const media = (kind: string, mediaId: string, contentType: string, name: string | null = null) => ({
  kind,
  name,
  contentType,
  source: { url: null, mediaId, sha256: 'base64==' },
  link: null,
});

describe('WhatsApp messages', () => {
  it.each<[string, object, object]>([
    ['text', { type: 'text', text: { body: 'merhaba' } }, { kind: 'TEXT', text: 'merhaba' }],
    [
      'an image',
      {
        type: 'image',
        image: {
          caption: 'c',
          mime_type: 'image/jpeg',
          sha256: 'base64==',
          id: '3300000000000001',
          url: 'https://lookaside.example/x',
        },
      },
      { kind: 'IMAGE', text: 'c', attachments: [media('IMAGE', '3300000000000001', 'image/jpeg')] },
    ],
    [
      'a voice message',
      {
        type: 'audio',
        audio: { mime_type: 'audio/ogg; codecs=opus', sha256: 'base64==', id: '3300000000000002', voice: true },
      },
      { kind: 'AUDIO', attachments: [media('AUDIO', '3300000000000002', 'audio/ogg; codecs=opus')] },
    ],
    [
      'a video',
      { type: 'video', video: { caption: 'c', mime_type: 'video/mp4', sha256: 'base64==', id: '3300000000000003' } },
      { kind: 'VIDEO', text: 'c', attachments: [media('VIDEO', '3300000000000003', 'video/mp4')] },
    ],
    [
      'a document',
      {
        type: 'document',
        document: {
          caption: 'c',
          filename: 'invoice.pdf',
          mime_type: 'application/pdf',
          sha256: 'base64==',
          id: '3300000000000004',
        },
      },
      { kind: 'FILE', text: 'c', attachments: [media('FILE', '3300000000000004', 'application/pdf', 'invoice.pdf')] },
    ],
    [
      'a sticker',
      {
        type: 'sticker',
        sticker: { mime_type: 'image/webp', sha256: 'base64==', id: '3300000000000005', animated: false },
      },
      { kind: 'STICKER', attachments: [media('STICKER', '3300000000000005', 'image/webp')] },
    ],
    [
      'a place',
      {
        type: 'location',
        location: { latitude: 41.01, longitude: 28.97, name: 'Shop', address: 'Street 1', url: 'https://example.com' },
      },
      {
        kind: 'LOCATION',
        content: { location: { latitude: 41.01, longitude: 28.97, name: 'Shop', address: 'Street 1' } },
      },
    ],
    [
      'contact cards',
      {
        type: 'contacts',
        contacts: [
          {
            name: { first_name: 'Ali', formatted_name: 'Ali K' },
            org: { company: 'X' },
            phones: [{ phone: '+90 555 000 00 88', wa_id: '905550000088', type: 'CELL' }],
          },
        ],
      },
      { kind: 'CONTACTS', content: { contactCards: [{ name: 'Ali K', phones: ['+90 555 000 00 88'], emails: [] }] } },
    ],
    [
      'a pressed reply',
      { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'yes-1', title: 'Yes' } } },
      { kind: 'POSTBACK', text: 'Yes', content: { postback: { title: 'Yes', payload: 'yes-1' } } },
    ],
    [
      'a row of a list',
      {
        type: 'interactive',
        interactive: { type: 'list_reply', list_reply: { id: 'row-1', title: 'Size M', description: 'in stock' } },
      },
      { kind: 'POSTBACK', text: 'Size M', content: { postback: { title: 'Size M', payload: 'row-1' } } },
    ],
    [
      'a filled form',
      {
        type: 'interactive',
        interactive: {
          type: 'nfm_reply',
          nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"flow_token":"t1","size":"M"}' },
        },
      },
      {
        kind: 'POSTBACK',
        text: 'Sent',
        content: { postback: { title: 'Sent', payload: '{"flow_token":"t1","size":"M"}' } },
      },
    ],
    [
      'a filled form as an object',
      {
        type: 'interactive',
        interactive: {
          type: 'nfm_reply',
          nfm_reply: { name: 'flow', body: 'Sent', response_json: { flow_token: 't1' } },
        },
      },
      { kind: 'POSTBACK', text: 'Sent', content: { postback: { title: 'Sent', payload: '{"flow_token":"t1"}' } } },
    ],
    [
      'a template’s button',
      {
        type: 'button',
        context: { from: '905550000001', id: 'wamid.tmpl' },
        button: { payload: 'STOP', text: 'Stop' },
      },
      {
        kind: 'POSTBACK',
        text: 'Stop',
        content: { postback: { title: 'Stop', payload: 'STOP' } },
        replyToExternalId: 'wamid.tmpl',
      },
    ],
    [
      'an order',
      {
        type: 'order',
        order: {
          catalog_id: '4400000000001',
          text: 'note',
          product_items: [{ product_retailer_id: 'SKU1', quantity: 2, item_price: 99.9, currency: 'TRY' }],
        },
      },
      { kind: 'UNSUPPORTED', text: 'note\n2 × SKU1 (99.9 TRY)', content: { unsupported: 'order' } },
    ],
    [
      'what is not supported',
      { type: 'unsupported', errors: [{ code: 131051, title: 'Message type unknown' }] },
      { kind: 'UNSUPPORTED', content: { unsupported: 'unsupported' } },
    ],
    ['what is unknown', { type: 'unknown' }, { kind: 'UNSUPPORTED', content: { unsupported: 'unknown' } }],
    [
      'a type from the future',
      { type: 'hologram', hologram: { id: 1 } },
      { kind: 'UNSUPPORTED', content: { unsupported: 'hologram' } },
    ],
    [
      'a message from an ad',
      {
        type: 'text',
        text: { body: 'hi' },
        referral: {
          source_url: 'https://fb.me/x',
          source_id: '6000000000001',
          source_type: 'ad',
          headline: 'Summer',
          ctwa_clid: 'clid',
        },
      },
      {
        kind: 'TEXT',
        text: 'hi',
        content: { referral: { source: 'ad', adId: '6000000000001', ref: 'clid', url: 'https://fb.me/x' } },
      },
    ],
    [
      'a reply',
      { type: 'text', text: { body: 'this' }, context: { from: '905550000001', id: 'wamid.out1' } },
      { kind: 'TEXT', text: 'this', replyToExternalId: 'wamid.out1' },
    ],
    [
      'a forwarded message',
      { type: 'text', text: { body: 'fwd' }, context: { forwarded: true } },
      { kind: 'TEXT', text: 'fwd' },
    ],
  ])('%s', (_, part, expected) => {
    expect(wrote(part)).toEqual([{ ...plain, ...expected }]);
  });

  it('puts a reaction on and takes it off', () => {
    const base = { type: 'reaction', at, messageExternalId: 'wamid.x', by: 'contact', customer };
    expect(wrote({ type: 'reaction', reaction: { message_id: 'wamid.x', emoji: '\ud83d\udc4d' } })).toEqual([
      { ...base, emoji: '👍' },
    ]);
    expect(wrote({ type: 'reaction', reaction: { message_id: 'wamid.x', emoji: '' } })).toEqual([
      { ...base, emoji: null },
    ]);
    expect(wrote({ type: 'reaction', reaction: { message_id: 'wamid.x' } })).toEqual([{ ...base, emoji: null }]);
  });

  it('knows people by a phone number alone, by a user id alone, and by a user name', () => {
    const only = (contacts: object[], message: object) =>
      (
        play('messages', {
          contacts,
          messages: [{ id: 'wamid.A1==', timestamp: '1790000000', type: 'text', text: { body: 'x' }, ...message }],
        })[0] as MessageEvent
      ).customer;
    expect(only([{ profile: { name: 'A' }, wa_id: '905550000099' }], { from: '905550000099' })).toEqual({
      addresses: [{ externalId: '905550000099', handle: '+905550000099' }],
      name: 'A',
    });
    expect(
      only([{ profile: { name: 'N', username: 'noor' }, user_id: 'TR.hidden1' }], { from_user_id: 'TR.hidden1' }),
    ).toEqual({ addresses: [{ externalId: 'TR.hidden1', handle: '@noor' }], name: 'N' });
    expect(only([], { from: '905550000099' })).toEqual({
      addresses: [{ externalId: '905550000099', handle: '+905550000099' }],
      name: null,
    });
    expect(() => only([], {})).toThrow('from is not an id');
  });

  it('finds each message’s own contact in a batch', () => {
    const people = Array.from({ length: 50 }, (_, index) => String(905550000100 + index));
    const events = play('messages', {
      contacts: people.map((wa_id) => ({ profile: { name: `Name ${wa_id}` }, wa_id })),
      messages: people.toReversed().map((person) => ({
        from: person,
        id: `wamid.${person}`,
        timestamp: '1790000000',
        type: 'text',
        text: { body: person },
      })),
    });
    expect(events).toHaveLength(50);
    for (const event of events)
      expect(event).toMatchObject({ customer: { name: `Name ${(event as { text: string }).text}` } });
  });

  it.each([
    ['a text without an object', { type: 'text', text: 'merhaba' }],
    ['a body that is no text', { type: 'text', text: { body: 5 } }],
    ['a place outside the world', { type: 'location', location: { latitude: 1e9, longitude: 0 } }],
    ['an id that is a list', { id: ['x'], type: 'text', text: { body: 'x' } }],
  ])('throws for %s', (_, part) => {
    expect(() => wrote(part)).toThrow(/ is not /);
  });
});

describe('WhatsApp statuses', () => {
  const status = (part: object) =>
    play('messages', {
      contacts: [contact],
      statuses: [{ id: 'wamid.out1', timestamp: '1790000005', recipient_id: '905550000099', ...part }],
    });
  const base = {
    type: 'receipt',
    at: at + 5_000,
    messageExternalId: 'wamid.out1',
    ourMessageId: null,
    error: null,
    errorCode: null,
  };

  it.each([
    ['sent', 'SENT'],
    ['delivered', 'DELIVERED'],
    ['read', 'READ'],
    ['played', 'READ'],
  ])('%s is %s', (word, expected) => {
    expect(status({ status: word, pricing: { billable: true } })).toEqual([{ ...base, status: expected }]);
  });

  it('names our message and why one failed, in words of ours', () => {
    const errors = [
      {
        code: 131047,
        title: 'Re-engagement message',
        message: 'Re-engagement message',
        error_data: { details: '...' },
      },
    ];
    const [event] = status({ status: 'failed', errors, biz_opaque_callback_data: ourMessage });
    expect(event).toMatchObject({
      status: 'FAILED',
      ourMessageId: ourMessage,
      errorCode: 131047,
      error: expect.stringContaining('24 hours'),
    });
    expect(JSON.stringify(event)).not.toContain('Re-engagement');
    expect(status({ status: 'failed' })).toEqual([
      expect.objectContaining({ status: 'FAILED', errorCode: null, error: expect.stringMatching(/\w/) }),
    ]);
    expect(status({ status: 'sent', biz_opaque_callback_data: 'outbox-1' })).toEqual([{ ...base, status: 'SENT' }]);
  });

  it('ignores a status from the future, and errors without a message', () => {
    expect(status({ status: 'teleported' })).toEqual([{ type: 'ignored', at: at + 5_000, what: 'status:teleported' }]);
    expect(play('messages', { errors: [{ code: 130429, title: 'Rate limit hit' }] })).toEqual([
      { type: 'ignored', at: receivedAt, what: 'error:130429' },
    ]);
  });
});

describe('WhatsApp changes of people and of what was written', () => {
  it('moves a person to the new number', () => {
    expect(
      wrote({ type: 'system', system: { body: 'User A changed', wa_id: '905560000099', type: 'user_changed_number' } }),
    ).toEqual([
      {
        type: 'address-change',
        at,
        previous: '905550000099',
        current: { externalId: '905560000099', handle: '+905560000099' },
      },
    ]);
  });

  it('moves a person to the new user id', () => {
    const update = {
      wa_id: '905550000099',
      detail: '..',
      user_id: { previous: 'TR.a', current: 'TR.b' },
      timestamp: '1790000000',
    };
    const expected = [{ type: 'address-change', at, previous: 'TR.a', current: { externalId: 'TR.b', handle: null } }];
    expect(play('user_id_update', { user_id_update: [update] })).toEqual(expected);
    expect(
      wrote({
        type: 'system',
        system: { type: 'user_changed_user_id', user_id: { previous: 'TR.a', current: 'TR.b' } },
      }),
    ).toEqual(expected);
    expect(wrote({ type: 'system', system: { type: 'user_changed_user_id', body: '..' } })).toEqual([
      { type: 'ignored', at, what: 'user_changed_user_id' },
    ]);
  });

  const echo = (part: object) =>
    play('smb_message_echoes', {
      message_echoes: [{ from: '905550000001', to: '905550000099', id: 'wamid.e1', timestamp: '1790000000', ...part }],
    });

  it('shows what the business wrote on its phone, corrected and taken back', () => {
    const person = { addresses: [{ externalId: '905550000099', handle: '+905550000099' }], name: null };
    expect(echo({ type: 'text', text: { body: 'from the shop' } })).toEqual([
      { ...plain, externalId: 'wamid.e1', from: 'business', customer: person, kind: 'TEXT', text: 'from the shop' },
    ]);
    expect(echo({ type: 'revoke', revoke: { original_message_id: 'wamid.e0' } })).toEqual([
      { type: 'unsend', at, messageExternalId: 'wamid.e0' },
    ]);
    expect(
      echo({
        type: 'edit',
        edit: { original_message_id: 'wamid.e0', message: { type: 'text', text: { body: 'better' } } },
      }),
    ).toEqual([{ type: 'edit', at, messageExternalId: 'wamid.e0', text: 'better', number: 1_790_000_000 }]);
  });

  it('ignores preferences', () => {
    const preference = {
      wa_id: '905550000099',
      category: 'marketing_messages',
      value: 'stop',
      timestamp: '1790000000',
    };
    expect(play('user_preferences', { user_preferences: [preference] })).toEqual([
      { type: 'ignored', at, what: 'user_preferences' },
    ]);
  });
});
