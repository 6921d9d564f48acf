import {
  at,
  attached,
  channelId,
  chat,
  plain,
  play,
  receivedAt,
  said,
} from '../../../test/support/telegram-updates.js';
import { sealCall } from '../webhooks/delivery-envelope.js';
import { splitTelegramDelivery } from './split-telegram.js';
import { interpretTelegramItem } from './telegram-events.js';

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
