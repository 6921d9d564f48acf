import type { Customer, InboundEvent, MessageEvent } from '../inbound-event.js';
import { sealCall } from '../webhooks/delivery-envelope.js';
import { errandsTopic, splitTelegramDelivery } from './split-telegram.js';
import { interpretTelegramItem } from './telegram-events.js';

const channelId = '0199a3c4-0000-7000-8000-0000000000c1';
const receivedAt = 1_790_000_500_000;
const at = 1_790_000_000_000;
const from = { id: 5550001, is_bot: false, first_name: 'Ayse', username: 'ayse', language_code: 'tr' };
const chat = { id: 5550001, type: 'private', first_name: 'Ayse' };
const group = { id: -1001000000001, type: 'supergroup', title: 'Friends' };
const bot = { id: 42, is_bot: true, first_name: 'Bot' };

/** A stored call cut into its items, as the server cuts it. */
const cut = (update: object) =>
  splitTelegramDelivery(sealCall({ channelId, body: Buffer.from(JSON.stringify(update)) }));

function play(update: object, topics = ['messages']): InboundEvent[] {
  const split = cut({ update_id: 810001, ...update });
  expect(split.broken).toEqual([]);
  expect(split.items.map(({ account, topic }) => [account, topic])).toEqual(
    topics.map((topic) => [`channel:${channelId}`, topic]),
  );
  return interpretTelegramItem(split.items[0]?.payload, receivedAt);
}
const said = (part: object) => play({ message: { message_id: 5, from, chat, date: 1790000000, ...part } });

const customer: Customer = { addresses: [{ externalId: '5550001', handle: '@ayse' }], name: 'Ayse' };
const plain: Omit<MessageEvent, 'text'> = {
  type: 'message',
  at,
  from: 'contact',
  externalId: '5550001:5',
  customer,
  kind: 'TEXT' as MessageEvent['kind'],
  attachments: [],
  replyToExternalId: null,
  content: null,
  ourMessageId: null,
  ours: false,
  standby: false,
};
const file = (mediaId: string) => ({ url: null, mediaId, sha256: null });
const attached = (kind: string, mediaId: string, name: string | null = null, contentType: string | null = null) => [
  { kind, name, contentType, source: file(mediaId), link: null },
];

describe('what a person sends to a bot', () => {
  it.each<[string, object, object]>([
    ['text', { text: 'Merhaba' }, { text: 'Merhaba' }],
    [
      'the start of a chat, by a link',
      { text: '/start abc', entities: [{ type: 'bot_command', offset: 0, length: 6 }] },
      { text: '/start abc', content: { referral: { source: 'start', adId: null, ref: 'abc', url: null } } },
    ],
    [
      'the start of a chat',
      { text: '/start', entities: [{ type: 'bot_command', offset: 0, length: 6 }] },
      { text: '/start' },
    ],
    ['words that look like a start and are none', { text: '/start abc' }, { text: '/start abc' }],
    [
      'a reply',
      { text: 'this one', reply_to_message: { message_id: 3, chat, date: 1 } },
      { text: 'this one', replyToExternalId: '5550001:3' },
    ],
    [
      'a photo, of which the largest size counts',
      {
        caption: 'look',
        photo: [
          { file_id: 'small', file_unique_id: 'a', width: 90, height: 90 },
          { file_id: 'large', file_unique_id: 'b', width: 900, height: 900 },
        ],
      },
      { text: 'look', kind: 'IMAGE', attachments: attached('IMAGE', 'large') },
    ],
    [
      'a document',
      { document: { file_id: 'd1', file_name: 'a.pdf', mime_type: 'application/pdf', file_size: 3 } },
      { kind: 'FILE', attachments: attached('FILE', 'd1', 'a.pdf', 'application/pdf') },
    ],
    [
      'a GIF, which is a document as well',
      { animation: { file_id: 'g1', mime_type: 'video/mp4' }, document: { file_id: 'g1', mime_type: 'video/mp4' } },
      { kind: 'VIDEO', attachments: attached('VIDEO', 'g1', null, 'video/mp4') },
    ],
    [
      'a voice message',
      { voice: { file_id: 'v1', duration: 2 } },
      { kind: 'AUDIO', attachments: attached('AUDIO', 'v1') },
    ],
    ['a song', { audio: { file_id: 'v2' } }, { kind: 'AUDIO', attachments: attached('AUDIO', 'v2') }],
    ['a video', { video: { file_id: 'v3' } }, { kind: 'VIDEO', attachments: attached('VIDEO', 'v3') }],
    ['a round video', { video_note: { file_id: 'v4' } }, { kind: 'VIDEO', attachments: attached('VIDEO', 'v4') }],
    [
      'a sticker',
      { sticker: { file_id: 's1', emoji: '👍' } },
      { kind: 'STICKER', attachments: attached('STICKER', 's1') },
    ],
    [
      'a place',
      { location: { latitude: 41.1, longitude: 29.2 } },
      { kind: 'LOCATION', content: { location: { latitude: 41.1, longitude: 29.2, name: null, address: null } } },
    ],
    [
      'a place with a name',
      {
        location: { latitude: 41.1, longitude: 29.2 },
        venue: { location: { latitude: 41.1, longitude: 29.2 }, title: 'Shop', address: 'Galata 1' },
      },
      {
        kind: 'LOCATION',
        content: { location: { latitude: 41.1, longitude: 29.2, name: 'Shop', address: 'Galata 1' } },
      },
    ],
    [
      'the details of somebody',
      { contact: { phone_number: '+905550000077', first_name: 'Zeynep', last_name: 'Ak' } },
      { kind: 'CONTACTS', content: { contactCards: [{ name: 'Zeynep Ak', phones: ['+905550000077'], emails: [] }] } },
    ],
    [
      'a poll',
      { poll: { id: '1', question: 'Tea?', options: [] } },
      { kind: 'UNSUPPORTED', text: 'Tea?', content: { unsupported: 'poll' } },
    ],
    [
      'a die',
      { dice: { emoji: '🎲', value: 4 } },
      { kind: 'UNSUPPORTED', text: '🎲 4', content: { unsupported: 'dice' } },
    ],
    [
      'something new, forwarded, without words',
      { forward_origin: { type: 'user' }, hologram: { file_id: 'x' } },
      { kind: 'UNSUPPORTED', content: { unsupported: 'hologram' } },
    ],
  ])('is understood: %s', (_, part, expected) => {
    expect(said(part)).toEqual([{ ...plain, text: null, ...expected }]);
  });

  it('may come from somebody without a name of their own', () => {
    const [event] = play({
      message: { message_id: 5, from: { id: 5550001 }, chat: { id: 5550001 }, date: 1790000000, text: 'x' },
    });
    expect(event).toMatchObject({ customer: { addresses: [{ externalId: '5550001', handle: null }], name: null } });
  });

  it('keeps ids of 52 bits and more as they are', () => {
    const raw = `{"update_id":1,"message":{"message_id":5,"from":{"id":9007199254740993},"chat":{"id":9007199254740993,"type":"private"},"date":1790000000,"text":"x"}}`;
    const split = splitTelegramDelivery(sealCall({ channelId, body: Buffer.from(raw) }));
    expect(interpretTelegramItem(split.items[0]?.payload, receivedAt)).toMatchObject([
      { externalId: '9007199254740993:5' },
    ]);
  });

  it.each(['pinned_message', 'message_auto_delete_timer_changed', 'write_access_allowed'])(
    'is no message where it is a notice of Telegram: %s',
    (name) => expect(said({ [name]: {} })).toEqual([{ type: 'ignored', at, what: `service:${name}` }]),
  );
});

describe('what happens to messages and people', () => {
  it('is an edit, counted by its second', () => {
    const edited = { message_id: 5, chat, date: 1790000000, edit_date: 1790000050 };
    expect(play({ edited_message: { ...edited, text: 'edited' } })).toEqual([
      { type: 'edit', at: at + 50_000, messageExternalId: '5550001:5', text: 'edited', number: 1_790_000_050 },
    ]);
    expect(play({ edited_message: { ...edited, caption: 'new words', photo: [{ file_id: 'a' }] } })).toMatchObject([
      { type: 'edit', text: 'new words' },
    ]);
    expect(play({ edited_message: { ...edited, location: { latitude: 1, longitude: 1 } } })).toEqual([
      { type: 'ignored', at: at + 50_000, what: 'edited_message' },
    ]);
  });

  it('is the press of a button, for which Telegram waits for an answer', () => {
    const message = {
      message_id: 6,
      chat,
      date: 1790000000,
      reply_markup: {
        inline_keyboard: [[{ text: 'No', callback_data: 'no' }], [{ text: 'Yes!', callback_data: 'yes' }]],
      },
    };
    const query = { id: '4382', from, message, chat_instance: '-77', data: 'yes' };
    expect(play({ callback_query: query }, ['messages', errandsTopic])).toEqual([
      {
        ...plain,
        at: receivedAt,
        externalId: 'callback:4382',
        kind: 'POSTBACK',
        text: 'Yes!',
        replyToExternalId: '5550001:6',
        content: { postback: { title: 'Yes!', payload: 'yes' } },
      },
    ]);
    const old = { ...query, message: { message_id: 6, chat, date: 0 } };
    expect(play({ callback_query: old }, ['messages', errandsTopic])).toMatchObject([
      { text: null, content: { postback: { title: null, payload: 'yes' } } },
    ]);
    expect(
      play({ callback_query: { id: '1', from, inline_message_id: 'x', data: 'y' } }, ['messages', errandsTopic]),
    ).toEqual([{ type: 'ignored', at: receivedAt, what: 'callback_query' }]);
  });

  it('is that somebody blocked the bot, or let it in again', () => {
    const member = (status: string) => ({
      my_chat_member: {
        chat,
        from,
        date: 1790000100,
        old_chat_member: { user: bot, status: 'member' },
        new_chat_member: { user: bot, status },
      },
    });
    // Within its second it comes where it arrived: long after, so at the end.
    const reach = { type: 'reach', at: at + 100_999, customer };
    expect(play(member('kicked'))).toEqual([{ ...reach, reachable: false }]);
    expect(play(member('member'))).toEqual([{ ...reach, reachable: true }]);
    expect(play(member('restricted'))).toEqual([
      { type: 'ignored', at: at + 100_000, what: 'my_chat_member:restricted' },
    ]);
  });

  it('is a reaction, or that it was taken back', () => {
    const reacted = (...given: object[]) =>
      play({
        message_reaction: { chat, message_id: 6, user: from, date: 1790000000, old_reaction: [], new_reaction: given },
      });
    const event = { type: 'reaction', at, messageExternalId: '5550001:6', by: 'contact', customer };
    expect(reacted({ type: 'emoji', emoji: '🔥' })).toEqual([{ ...event, emoji: '🔥' }]);
    expect(reacted({ type: 'custom_emoji', custom_emoji_id: '1' })).toEqual([{ ...event, emoji: '👍' }]);
    expect(reacted({ type: 'paid' })).toEqual([{ ...event, emoji: '⭐' }]);
    expect(reacted()).toEqual([{ ...event, emoji: null }]);
  });

  it('is nothing that is stored, where it happens in a group or in a channel', () => {
    const both = ['messages', errandsTopic];
    const message = { message_id: 5, from, date: 1790000000, text: 'private words of others' };
    expect(play({ message: { ...message, chat: group } }, both)).toEqual([
      { type: 'ignored', at: receivedAt, what: 'chat:supergroup' },
    ]);
    expect(play({ edited_message: { ...message, chat: { ...group, type: 'group' } } }, both)).toMatchObject([
      { what: 'chat:group' },
    ]);
    expect(play({ my_chat_member: { chat: { ...group, type: 'channel' }, from, date: 1 } }, both)).toMatchObject([
      { what: 'chat:channel' },
    ]);
  });

  it('is counted where nobody here knows it', () => {
    expect(play({ hologram: {} })).toEqual([{ type: 'ignored', at: receivedAt, what: 'unknown:hologram' }]);
    expect(play({ channel_post: { chat } })).toMatchObject([{ what: 'unknown:channel_post' }]);
    expect(play({})).toEqual([{ type: 'ignored', at: receivedAt, what: 'empty' }]);
    expect(play({ ['__proto__x']: {} })).toMatchObject([{ type: 'ignored' }]);
  });
});

describe('a call that is not as documented', () => {
  it.each<[string, string]>([
    ['no JSON', '{"update_id":1,'],
    ['nothing', ''],
    ['a list', '[]'],
    ['a number', '7'],
  ])('is set aside whole: %s', (_, body) => {
    const stored = sealCall({ channelId, body: Buffer.from(body) });
    expect(splitTelegramDelivery(stored)).toMatchObject({
      items: [],
      broken: [{ account: `channel:${channelId}`, body: stored }],
    });
  });

  it.each<[string, object]>([
    ['a message without an id', { message: { from, chat, date: 1, text: 'x' } }],
    ['a message without a chat', { message: { message_id: 5, from, date: 1, text: 'x' } }],
    ['a chat without an id', { message: { message_id: 5, from, chat: { type: 'private' }, date: 1, text: 'x' } }],
    ['a chat whose id is a list', { message: { message_id: 5, from, chat: { id: [] }, date: 1, text: 'x' } }],
    ['words that are none', { message: { message_id: 5, from, chat, date: 1, text: { a: 1 } } }],
    ['a photo that is none', { message: { message_id: 5, from, chat, date: 1, photo: 'x' } }],
    [
      'a place beside the earth',
      { message: { message_id: 5, from, chat, date: 1, location: { latitude: 91, longitude: 1 } } },
    ],
    ['an edit without an id', { edited_message: { chat, date: 1, text: 'x' } }],
  ])('is refused by itself, saying where: %s', (_, update) => {
    const split = cut(update);
    expect(split.items).toHaveLength(1);
    expect(() => interpretTelegramItem(split.items[0]?.payload, receivedAt)).toThrow(/ is not /);
  });

  it('cannot name the channel of another workspace', () => {
    const other = '0199a3c4-0000-7000-8000-0000000000c2';
    const body = Buffer.from(`{"update_id":1},"channel":"${other}","body":{"update_id":2,"message":{}}`);
    const split = splitTelegramDelivery(sealCall({ channelId, body }));
    expect(split.items).toEqual([]);
    expect(split.broken).toMatchObject([{ account: `channel:${channelId}` }]);
    expect(splitTelegramDelivery(Buffer.from('{"update_id":1}')).broken).toMatchObject([{ account: null }]);
  });

  it('is applied as a delivery again, once it was set aside as an item', () => {
    const [item] = cut({ update_id: 1, message: { message_id: 5, from, chat, date: 1790000000, text: 'x' } }).items;
    const again = splitTelegramDelivery(Buffer.from(JSON.stringify(item?.payload)));
    expect(again.items).toEqual([item]);
  });
});
