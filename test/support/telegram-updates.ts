import type { Customer, InboundEvent, MessageEvent } from '../../src/channels/inbound-event.js';
import { splitTelegramDelivery } from '../../src/channels/telegram/split-telegram.js';
import { interpretTelegramItem } from '../../src/channels/telegram/telegram-events.js';
import { sealCall } from '../../src/channels/webhooks/delivery-envelope.js';

export const channelId = '0199a3c4-0000-7000-8000-0000000000c1';
export const receivedAt = 1_790_000_500_000;
export const at = 1_790_000_000_000;
export const from = { id: 5550001, is_bot: false, first_name: 'Ayse', username: 'ayse', language_code: 'tr' };
export const chat = { id: 5550001, type: 'private', first_name: 'Ayse' };
export const group = { id: -1001000000001, type: 'supergroup', title: 'Friends' };
export const bot = { id: 42, is_bot: true, first_name: 'Bot' };

/** A stored call cut into its items, as the server cuts it. */
export const cut = (update: object) =>
  splitTelegramDelivery(sealCall({ channelId, body: Buffer.from(JSON.stringify(update)) }));

export function play(update: object, topics = ['messages']): InboundEvent[] {
  const split = cut({ update_id: 810001, ...update });
  expect(split.broken).toEqual([]);
  expect(split.items.map(({ account, topic }) => [account, topic])).toEqual(
    topics.map((topic) => [`channel:${channelId}`, topic]),
  );
  return interpretTelegramItem(split.items[0]?.payload, receivedAt);
}
export const said = (part: object) => play({ message: { message_id: 5, from, chat, date: 1790000000, ...part } });

export const customer: Customer = { addresses: [{ externalId: '5550001', handle: '@ayse' }], name: 'Ayse' };
export const plain: Omit<MessageEvent, 'text'> = {
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
export const file = (mediaId: string) => ({ url: null, mediaId, sha256: null });
export const attached = (
  kind: string,
  mediaId: string,
  name: string | null = null,
  contentType: string | null = null,
) => [{ kind, name, contentType, source: file(mediaId), link: null }];
