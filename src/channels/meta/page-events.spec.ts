import type { Customer, InboundEvent, MessageEvent } from '../inbound-event.js';
import { interpretPageItem } from './page-events.js';
import { splitMetaDelivery } from './split-delivery.js';

const receivedAt = 1_790_000_100_000;
const at = 1_790_000_000_000;
const ourAppId = '550000000000001';
const ourMessage = '0199a3c4-0000-7000-8000-000000000001';

const page = { id: '900000000000001', person: '7100000000000001' };
const instagram = { id: '17841400000000001', person: '7200000000000001' };

/** An item as the platform sends it, through the cutting of the delivery and the interpretation. */
function play(object: 'page' | 'instagram', item: object, list = 'messaging'): InboundEvent[] {
  const { id } = object === 'page' ? page : instagram;
  const body = { object, entry: [{ id, time: at, [list]: [item] }] };
  const split = splitMetaDelivery(Buffer.from(JSON.stringify(body)));
  expect(split.broken).toEqual([]);
  expect(split.items.map(({ account, topic }) => [account, topic])).toEqual([[`${object}:${id}`, 'messages']]);
  return interpretPageItem(split.items[0]?.payload, receivedAt, ourAppId);
}

const said = (object: 'page' | 'instagram', part: object, list?: string) => {
  const { id, person } = object === 'page' ? page : instagram;
  return play(object, { sender: { id: person }, recipient: { id }, timestamp: at, ...part }, list);
};
const messenger = (part: object, list?: string) => said('page', part, list);
const insta = (part: object, list?: string) => said('instagram', part, list);

const customer: Customer = { addresses: [{ externalId: page.person, handle: null }], name: null };
const instaCustomer: Customer = { addresses: [{ externalId: instagram.person, handle: null }], name: null };
const plain: Omit<MessageEvent, 'externalId' | 'text'> = {
  type: 'message',
  at,
  from: 'contact',
  customer,
  kind: 'TEXT' as MessageEvent['kind'],
  attachments: [],
  replyToExternalId: null,
  content: null,
  ourMessageId: null,
  ours: false,
  standby: false,
};
const file = (url: string) => ({ url, mediaId: null, sha256: null });

describe('Messenger', () => {
  it.each<[string, object, object[]]>([
    ['text', { message: { mid: 'm_A1', text: 'Merhaba' } }, [{ ...plain, externalId: 'm_A1', text: 'Merhaba' }]],
    [
      'a quick reply',
      { message: { mid: 'm_A2', text: 'Red', quick_reply: { payload: 'PICK_RED' } } },
      [{ ...plain, externalId: 'm_A2', text: 'Red', content: { postback: { title: 'Red', payload: 'PICK_RED' } } }],
    ],
    [
      'a reply',
      { message: { mid: 'm_A3', text: 'this one', reply_to: { mid: 'm_A1', is_self_reply: false } } },
      [{ ...plain, externalId: 'm_A3', text: 'this one', replyToExternalId: 'm_A1' }],
    ],
    [
      'a picture',
      { message: { mid: 'm_A4', attachments: [{ type: 'image', payload: { url: 'https://cdn.example/x.jpg' } }] } },
      [
        {
          ...plain,
          externalId: 'm_A4',
          text: null,
          kind: 'IMAGE',
          attachments: [
            { kind: 'IMAGE', name: null, contentType: null, source: file('https://cdn.example/x.jpg'), link: null },
          ],
        },
      ],
    ],
    [
      'a message from an ad',
      {
        message: {
          mid: 'm_A5',
          text: 'hi',
          referral: {
            ref: 'r1',
            ad_id: '6000000000001',
            source: 'ADS',
            type: 'OPEN_THREAD',
            ads_context_data: { ad_title: 'Summer' },
          },
        },
      },
      [
        {
          ...plain,
          externalId: 'm_A5',
          text: 'hi',
          content: { referral: { source: 'ADS', adId: '6000000000001', ref: 'r1', url: null } },
        },
      ],
    ],
    [
      'a question about a product',
      { message: { mid: 'm_A6', text: 'price?', referral: { product: { id: '4400000000001' } } } },
      [
        {
          ...plain,
          externalId: 'm_A6',
          text: 'price?',
          content: { referral: { source: 'PRODUCT', adId: null, ref: '4400000000001', url: null } },
        },
      ],
    ],
    [
      'deliveries by message',
      { delivery: { mids: ['m_B1', 'm_B2'], watermark: at + 1_000 } },
      ['m_B1', 'm_B2'].map((mid) => ({
        type: 'receipt',
        at: at + 1_000,
        messageExternalId: mid,
        ourMessageId: null,
        status: 'DELIVERED',
        error: null,
        errorCode: null,
      })),
    ],
    [
      'deliveries up to a time',
      { delivery: { watermark: at + 1_000 } },
      [{ type: 'watermark', at, customer, status: 'DELIVERED', until: at + 1_000 }],
    ],
    [
      'read up to a time',
      { read: { watermark: at + 2_000 } },
      [{ type: 'watermark', at, customer, status: 'READ', until: at + 2_000 }],
    ],
    [
      'a postback',
      {
        postback: {
          mid: 'm_C1',
          title: 'Get started',
          payload: 'START',
          referral: { ref: 'r1', source: 'SHORTLINK', type: 'OPEN_THREAD' },
        },
      },
      [
        {
          ...plain,
          externalId: 'm_C1',
          text: 'Get started',
          kind: 'POSTBACK',
          content: {
            postback: { title: 'Get started', payload: 'START' },
            referral: { source: 'SHORTLINK', adId: null, ref: 'r1', url: null },
          },
        },
      ],
    ],
    [
      'a reaction',
      { reaction: { reaction: 'love', emoji: '\u2764\ufe0f', action: 'react', mid: 'm_B1' } },
      [{ type: 'reaction', at, messageExternalId: 'm_B1', by: 'contact', customer, emoji: '\u2764\ufe0f' }],
    ],
    [
      'a reaction without its emoji',
      { reaction: { reaction: 'wow', action: 'react', mid: 'm_B1' } },
      [{ type: 'reaction', at, messageExternalId: 'm_B1', by: 'contact', customer, emoji: '😮' }],
    ],
    [
      'a reaction taken back',
      { reaction: { reaction: 'love', action: 'unreact', mid: 'm_B1' } },
      [{ type: 'reaction', at, messageExternalId: 'm_B1', by: 'contact', customer, emoji: null }],
    ],
    [
      'an edit',
      { message_edit: { mid: 'm_A1', text: 'Merhaba!', num_edit: '1' } },
      [{ type: 'edit', at, messageExternalId: 'm_A1', text: 'Merhaba!', number: 1 }],
    ],
    [
      'an edit that is none',
      { message_edit: { mid: 'm_A1', num_edit: 0 } },
      [{ type: 'ignored', at, what: 'message_edit' }],
    ],
    [
      'passed control',
      { pass_thread_control: { previous_owner_app_id: '111', new_owner_app_id: ourAppId } },
      [{ type: 'ignored', at, what: 'pass_thread_control' }],
    ],
    ['app roles', { app_roles: { [ourAppId]: ['primary_receiver'] } }, [{ type: 'ignored', at, what: 'app_roles' }]],
    [
      'policy',
      { policy_enforcement: { action: 'block', reason: '...' } },
      [{ type: 'ignored', at, what: 'policy_enforcement' }],
    ],
    ['something new', { brand_new: { a: 1 } }, [{ type: 'ignored', at, what: 'unknown:brand_new' }]],
  ])('%s', (_, part, events) => {
    expect(messenger(part)).toEqual(events);
  });

  it('tells our own echo from another app’s and from a person in the Page’s inbox', () => {
    const echo = (message: object) =>
      play('page', {
        sender: { id: page.id },
        recipient: { id: page.person },
        timestamp: at,
        message: { mid: 'm_B1', text: 'Hello', is_echo: true, ...message },
      });
    const base = { ...plain, externalId: 'm_B1', text: 'Hello', from: 'business' };
    expect(echo({ app_id: Number(ourAppId), metadata: ourMessage })).toEqual([
      { ...base, ours: true, ourMessageId: ourMessage },
    ]);
    expect(echo({ app_id: 26390203743090 })).toEqual([base]);
    expect(echo({ app_id: ourAppId, metadata: 'our-outbox-id' })).toEqual([{ ...base, ours: true }]);
    expect(echo({ app_id: 111, metadata: ourMessage })).toEqual([{ ...base, ourMessageId: ourMessage }]);
  });

  it('marks what came while another app answers', () => {
    expect(messenger({ message: { mid: 'm_S1', text: 'hello' } }, 'standby')).toEqual([
      { ...plain, externalId: 'm_S1', text: 'hello', standby: true },
    ]);
    const [postback] = messenger({ postback: { title: 'Sizes' } }, 'standby') as [MessageEvent];
    expect(postback).toMatchObject({
      standby: true,
      kind: 'POSTBACK',
      content: { postback: { title: 'Sizes', payload: null } },
    });
  });

  it('gives a postback without an id the same id each time, and another to another', () => {
    const id = (part: object) => (messenger({ postback: part }) as [MessageEvent])[0].externalId;
    expect(id({ title: 'A', payload: 'A' })).toMatch(/^postback:[0-9a-f]{40}$/);
    expect(id({ title: 'A', payload: 'A' })).toBe(id({ title: 'A', payload: 'A' }));
    expect(id({ title: 'A', payload: 'A' })).not.toBe(id({ title: 'A', payload: 'B' }));
  });

  it('shows that somebody came by a link or an ad', () => {
    const [event] = messenger({
      referral: {
        ref: 'r1',
        source: 'ADS',
        type: 'OPEN_THREAD',
        ad_id: '6000000000001',
        referer_uri: 'https://example.com',
      },
    }) as [MessageEvent];
    expect(event).toMatchObject({
      kind: 'POSTBACK',
      text: null,
      content: { referral: { source: 'ADS', adId: '6000000000001', ref: 'r1', url: 'https://example.com' } },
    });
    expect(event.externalId).toMatch(/^referral:/);
  });

  it.each<[string, object[], object]>([
    [
      'a sticker',
      [{ type: 'sticker', payload: { url: 'https://cdn.example/s.png', sticker_id: 369239263222822 } }],
      { kind: 'STICKER' },
    ],
    [
      'a sticker that came twice',
      [
        { type: 'sticker', payload: { url: 'https://cdn.example/s.png', sticker_id: 1 } },
        { type: 'image', payload: { url: 'https://cdn.example/s.png', sticker_id: 1 } },
      ],
      { kind: 'STICKER', attachments: [{ kind: 'STICKER' }] },
    ],
    [
      'a shared link',
      [{ type: 'fallback', title: 'A shop', url: 'https://shop.example' }],
      { kind: 'SHARE', attachments: [{ name: 'A shop', link: 'https://shop.example', source: null }] },
    ],
    [
      'a reel',
      [{ type: 'reel', payload: { url: 'https://cdn.example/r', title: 'R', reel_video_id: 5 } }],
      { kind: 'SHARE', attachments: [{ link: 'https://cdn.example/r', source: null }] },
    ],
    ['a post', [{ type: 'post', payload: { url: 'https://cdn.example/p' } }], { kind: 'SHARE' }],
    [
      'a template',
      [{ type: 'template', payload: { template_type: 'generic' } }],
      { kind: 'TEMPLATE', attachments: [{ kind: 'TEMPLATE' }] },
    ],
    [
      'something new',
      [{ type: 'appointment_booking', payload: {} }],
      { kind: 'UNSUPPORTED', content: { unsupported: 'appointment_booking' }, attachments: [] },
    ],
    [
      'a link that is no link',
      [{ type: 'image', payload: { url: 'javascript:alert(1)' } }],
      { kind: 'IMAGE', attachments: [{ source: null, link: null }] },
    ],
  ])('reads %s', (_, attachments, expected) => {
    expect(messenger({ message: { mid: 'm_T', attachments } })).toEqual([
      expect.objectContaining({
        ...expected,
        ...('attachments' in expected && {
          attachments: (expected.attachments as object[]).map((attachment) => expect.objectContaining(attachment)),
        }),
      }),
    ]);
  });

  it('takes numbers for ids, seconds for milliseconds and texts for times', () => {
    const [event] = play('page', {
      sender: { id: 7100000000000001 },
      recipient: { id: 900000000000001 },
      timestamp: '1790000000',
      message: { mid: 'm_N', text: 'x' },
    });
    expect(event).toEqual({ ...plain, externalId: 'm_N', text: 'x' });
  });

  it.each([
    ['a message without an id', { message: { text: 'x' } }],
    ['a text that is no text', { message: { mid: 'm', text: 5 } }],
    ['a sender that is no object', { sender: 'me', message: { mid: 'm', text: 'x' } }],
    ['attachments that are no list', { message: { mid: 'm', attachments: 'x' } }],
    ['a message that is no object', { message: 'hello' }],
    ['a message that is a list', { message: ['hello'] }],
  ])('throws for %s, without its words', (_, part) => {
    expect(() => messenger(part)).toThrow(/^[a-z_]+ is not (an? )?[a-z ]+$/);
  });

  it('cleans texts that Postgres cannot hold', () => {
    const [event] = messenger({ message: { mid: 'm_X', text: 'a\u0000b\ud800c' } }) as [MessageEvent];
    expect(event.text).toBe('ab\ufffdc');
  });
});

describe('Instagram', () => {
  const base = { ...plain, customer: instaCustomer };

  it.each<[string, object, object[]]>([
    ['text', { message: { mid: 'aWdfA1', text: 'selam' } }, [{ ...base, externalId: 'aWdfA1', text: 'selam' }]],
    [
      'a story mention',
      {
        message: {
          mid: 'aWdfA2',
          attachments: [{ type: 'story_mention', payload: { url: 'https://cdn.example/story' } }],
        },
      },
      [
        {
          ...base,
          externalId: 'aWdfA2',
          text: null,
          kind: 'STORY_MENTION',
          attachments: [
            {
              kind: 'STORY_MENTION',
              name: null,
              contentType: null,
              source: file('https://cdn.example/story'),
              link: null,
            },
          ],
        },
      ],
    ],
    [
      'a story reply',
      {
        message: {
          mid: 'aWdfA3',
          text: 'love it',
          reply_to: { story: { url: 'https://cdn.example/story', id: '1790000000001' } },
        },
      },
      [
        {
          ...base,
          externalId: 'aWdfA3',
          text: 'love it',
          kind: 'STORY_REPLY',
          attachments: [
            {
              kind: 'STORY_REPLY',
              name: null,
              contentType: null,
              source: file('https://cdn.example/story'),
              link: null,
            },
          ],
        },
      ],
    ],
    [
      'a reply',
      { message: { mid: 'aWdfA4', text: 'yes', reply_to: { mid: 'aWdfA1' } } },
      [{ ...base, externalId: 'aWdfA4', text: 'yes', replyToExternalId: 'aWdfA1' }],
    ],
    [
      'a share',
      { message: { mid: 'aWdfA5', attachments: [{ type: 'share', payload: { url: 'https://cdn.example/post' } }] } },
      [
        {
          ...base,
          externalId: 'aWdfA5',
          text: null,
          kind: 'SHARE',
          attachments: [
            { kind: 'SHARE', name: null, contentType: null, source: null, link: 'https://cdn.example/post' },
          ],
        },
      ],
    ],
    [
      'an ephemeral picture',
      { message: { mid: 'aWdfA7', attachments: [{ type: 'ephemeral' }] } },
      [
        {
          ...base,
          externalId: 'aWdfA7',
          text: null,
          kind: 'IMAGE',
          attachments: [{ kind: 'IMAGE', name: null, contentType: null, source: null, link: null }],
          content: { unsupported: 'ephemeral' },
        },
      ],
    ],
    [
      'an unsend',
      { message: { mid: 'aWdfA1', is_deleted: true } },
      [{ type: 'unsend', at, messageExternalId: 'aWdfA1' }],
    ],
    [
      'what is not supported',
      { message: { mid: 'aWdfA6', is_unsupported: true } },
      [{ ...base, externalId: 'aWdfA6', text: null, kind: 'UNSUPPORTED', content: { unsupported: 'message' } }],
    ],
    [
      'seen',
      { read: { mid: 'aWdfB1' } },
      [
        {
          type: 'receipt',
          at,
          messageExternalId: 'aWdfB1',
          ourMessageId: null,
          status: 'READ',
          error: null,
          errorCode: null,
        },
      ],
    ],
    [
      'a reaction',
      { reaction: { mid: 'aWdfB1', action: 'react', reaction: 'love', emoji: '\u2764' } },
      [{ type: 'reaction', at, messageExternalId: 'aWdfB1', by: 'contact', customer: instaCustomer, emoji: '\u2764' }],
    ],
    [
      'a reaction taken back',
      { reaction: { mid: 'aWdfB1', action: 'unreact' } },
      [{ type: 'reaction', at, messageExternalId: 'aWdfB1', by: 'contact', customer: instaCustomer, emoji: null }],
    ],
    [
      'a postback',
      { postback: { mid: 'aWdfC1', title: 'Sizes', payload: 'SIZES' } },
      [
        {
          ...base,
          externalId: 'aWdfC1',
          text: 'Sizes',
          kind: 'POSTBACK',
          content: { postback: { title: 'Sizes', payload: 'SIZES' } },
        },
      ],
    ],
  ])('%s', (_, part, events) => {
    expect(insta(part)).toEqual(events);
  });

  it('takes an echo without an app for ours only where our id came back', () => {
    const echo = (message: object) =>
      play('instagram', {
        sender: { id: instagram.id },
        recipient: { id: instagram.person },
        timestamp: at,
        message: { mid: 'aWdfB1', text: 'hello', is_echo: true, ...message },
      });
    expect(echo({})).toEqual([{ ...base, externalId: 'aWdfB1', text: 'hello', from: 'business' }]);
    expect(echo({ metadata: ourMessage })).toEqual([
      { ...base, externalId: 'aWdfB1', text: 'hello', from: 'business', ours: true, ourMessageId: ourMessage },
    ]);
  });

  it('reads the form of changes[] with its seconds', () => {
    const value = {
      sender: { id: '1' },
      recipient: { id: '2' },
      timestamp: '1790000000',
      message: { mid: 't1', text: 't' },
    };
    expect(play('instagram', { field: 'messages', value }, 'changes')).toEqual([
      {
        ...base,
        customer: { addresses: [{ externalId: '1', handle: null }], name: null },
        externalId: 't1',
        text: 't',
      },
    ]);
    const postback = {
      sender: { id: '1' },
      recipient: { id: '2' },
      timestamp: '1790000000',
      postback: { mid: 'p1', title: 'S', payload: 'S' },
    };
    expect(play('page', { field: 'messaging_postbacks', value: postback }, 'changes')).toEqual([
      expect.objectContaining({ externalId: 'p1', kind: 'POSTBACK', at }),
    ]);
  });
});
