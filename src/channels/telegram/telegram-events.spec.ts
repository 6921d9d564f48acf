import {
  at,
  bot,
  channelId,
  chat,
  customer,
  cut,
  from,
  group,
  plain,
  play,
  receivedAt,
} from '../../../test/support/telegram-updates.js';
import { sealCall } from '../webhooks/delivery-envelope.js';
import { errandsTopic, splitTelegramDelivery } from './split-telegram.js';
import { interpretTelegramItem } from './telegram-events.js';

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
