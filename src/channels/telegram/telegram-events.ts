import type { Customer, InboundEvent, MessageEvent } from '../inbound-event.js';
import { MessageKind } from '../enums.js';
import {
  type Json,
  UnreadableItem,
  idAt,
  isJson,
  jsonAt,
  jsonList,
  maybeJson,
  maybeText,
  timeOf,
  wordOf,
} from '../wire/reading.js';
import { telegramContent } from './telegram-messages.js';
import { chatOf, messageName, updateOf } from './telegram-update.js';

type Reader = (what: Json, receivedAt: number) => InboundEvent[];

/** Interprets one update, in the envelope that its call was stored in. */
export function interpretTelegramItem(payload: unknown, receivedAt: number): InboundEvent[] {
  if (!isJson(payload)) throw new UnreadableItem('the item', 'an object');
  const body = jsonAt(payload, 'body');
  const update = updateOf(body);
  const at = receivedAt;
  if (update === null) return [{ type: 'ignored', at, what: 'empty' }];
  if (!Object.hasOwn(readers, update.name)) return [{ type: 'ignored', at, what: `unknown:${wordOf(update.name)}` }];
  const chat = chatOf(update);
  // Refused, with the reason, by the errand that leaves it.
  if (chat !== null && !chat.isPrivate) return [{ type: 'ignored', at, what: `chat:${wordOf(chat.kind)}` }];
  return readers[update.name as keyof typeof readers](update.what, receivedAt);
}

const readers = {
  message,
  edited_message: edit,
  callback_query: pressed,
  my_chat_member: membership,
  message_reaction: reaction,
} satisfies Record<string, Reader>;

function message(what: Json, receivedAt: number): InboundEvent[] {
  const at = timeOf(what['date'], receivedAt);
  const content = telegramContent(what);
  if ('service' in content) return [{ type: 'ignored', at, what: `service:${content.service}` }];
  const { chatId, customer } = writerOf(what);
  const replied = maybeJson(what, 'reply_to_message');
  return [
    {
      ...fromContact(customer, at),
      externalId: messageName(chatId, idAt(what, 'message_id')),
      ...content,
      replyToExternalId: replied === null ? null : messageName(chatId, idAt(replied, 'message_id')),
    },
  ];
}

/** Telegram counts no edits; the second of an edit stands for its number, and both only rise. */
function edit(what: Json, receivedAt: number): InboundEvent[] {
  const at = timeOf(what['edit_date'] ?? what['date'], receivedAt);
  const text = maybeText(what, 'text') ?? maybeText(what, 'caption');
  // A place that moves, or a picture that was exchanged: no words were changed.
  if (text === null) return [{ type: 'ignored', at, what: 'edited_message' }];
  const { chatId } = writerOf(what);
  const messageExternalId = messageName(chatId, idAt(what, 'message_id'));
  return [{ type: 'edit', at, messageExternalId, text, number: Math.floor(at / 1_000) }];
}

function pressed(what: Json, receivedAt: number): InboundEvent[] {
  const button = maybeJson(what, 'message');
  const payload = maybeText(what, 'data', 2_000);
  // Buttons of inline results and games stand in no chat with the bot.
  if (button === null || payload === null) return [{ type: 'ignored', at: receivedAt, what: 'callback_query' }];
  const chatId = idAt(jsonAt(button, 'chat'), 'id');
  const title = titleOf(button, payload);
  return [
    {
      // The update has no time of its own; it comes at once.
      ...fromContact(customerOf(jsonAt(what, 'from'), chatId), receivedAt),
      externalId: `callback:${idAt(what, 'id')}`,
      kind: MessageKind.POSTBACK,
      text: title,
      attachments: [],
      replyToExternalId: messageName(chatId, idAt(button, 'message_id')),
      content: { postback: { title, payload } },
    },
  ];
}

/** What the pressed button said. A message that is too old for Telegram comes without its buttons. */
function titleOf(button: Json, payload: string): string | null {
  const rows = maybeJson(button, 'reply_markup')?.['inline_keyboard'];
  if (!Array.isArray(rows)) return null;
  const found = (rows as unknown[]).flat().find((one) => isJson(one) && one['callback_data'] === payload);
  return isJson(found) ? maybeText(found, 'text', 1_000) : null;
}

/** In a private chat this says that the customer blocked the bot, or let it in again. */
function membership(what: Json, receivedAt: number): InboundEvent[] {
  const at = timeOf(what['date'], receivedAt);
  const status = wordOf(jsonAt(what, 'new_chat_member')['status']);
  if (status !== 'kicked' && status !== 'member') return [{ type: 'ignored', at, what: `my_chat_member:${status}` }];
  const { customer } = writerOf(what);
  // Telegram tells whole seconds: within one, what arrived later came later.
  const within = Math.max(0, Math.min(receivedAt - at, 999));
  return [{ type: 'reach', at: at + within, customer, reachable: status === 'member' }];
}

function reaction(what: Json, receivedAt: number): InboundEvent[] {
  const at = timeOf(what['date'], receivedAt);
  const user = maybeJson(what, 'user');
  // Someone who hides behind a chat is no one whom we could name.
  if (user === null) return [{ type: 'ignored', at, what: 'message_reaction' }];
  const chatId = idAt(jsonAt(what, 'chat'), 'id');
  const [given] = jsonList(what, 'new_reaction');
  return [
    {
      type: 'reaction',
      at,
      messageExternalId: messageName(chatId, idAt(what, 'message_id')),
      by: 'contact',
      customer: customerOf(user, chatId),
      emoji: given === undefined ? null : emojiOf(given),
    },
  ];
}

/** Emoji that only Telegram has, and stars that are paid, are shown as the nearest that everybody has. */
function emojiOf(given: Json): string {
  const type = maybeText(given, 'type', 60);
  if (type === 'paid') return '⭐';
  return (type === 'emoji' ? maybeText(given, 'emoji', 60) : null) ?? '👍';
}

/** Whoever wrote in a private chat; the chat has the id of the person. */
function writerOf(what: Json): { chatId: string; customer: Customer } {
  const chat = jsonAt(what, 'chat');
  const chatId = idAt(chat, 'id');
  return { chatId, customer: customerOf(maybeJson(what, 'from') ?? chat, chatId) };
}

function customerOf(person: Json, chatId: string): Customer {
  const username = maybeText(person, 'username', 100);
  const names = [maybeText(person, 'first_name', 100), maybeText(person, 'last_name', 100)];
  const name = names.filter((part) => part !== null && part.trim() !== '').join(' ');
  return {
    addresses: [{ externalId: chatId, handle: username === null || username === '' ? null : `@${username}` }],
    name: name === '' ? null : name,
  };
}

function fromContact(customer: Customer, at: number) {
  return {
    type: 'message',
    at,
    from: 'contact',
    customer,
    ourMessageId: null,
    ours: false,
    standby: false,
  } as const satisfies Partial<MessageEvent>;
}
