import { type Json, idAt, isJson } from '../wire/reading.js';

/** The one thing that an update is about, by Telegram's name for it. */
interface Update {
  readonly name: string;
  readonly what: Json;
}

/** The updates that Telegram is asked for; a reaction is sent only where it is named. */
export const askedUpdates = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
  'message_reaction',
] as const;

/** What an update holds beside its number; null where that is not one object. */
export function updateOf(update: Json): Update | null {
  const names = Object.keys(update).filter((name) => name !== 'update_id');
  const name = names.find((one) => (askedUpdates as readonly string[]).includes(one)) ?? names[0];
  const what = name === undefined ? undefined : update[name];
  return name === undefined || !isJson(what) ? null : { name, what };
}

/** The chat of an update, where it names one. A bot may talk to people; in groups it would hear what is not for it. */
export function chatOf({
  name,
  what,
}: Update): { readonly id: string; readonly isPrivate: boolean; readonly kind: string } | null {
  const parent = name === 'callback_query' ? what['message'] : what;
  const chat = isJson(parent) ? parent['chat'] : null;
  if (!isJson(chat)) return null;
  const kind = typeof chat['type'] === 'string' ? chat['type'] : 'private';
  return { id: idAt(chat, 'id'), isPrivate: kind === 'private', kind };
}

/** The id of a chat as Telegram's methods take it. */
export function chatNumber(chatId: string): number | string {
  return Number.isSafeInteger(Number(chatId)) ? Number(chatId) : chatId;
}

/** The name of a message here: Telegram's ids of messages are unique within a chat only. */
export function messageName(chatId: string, messageId: string): string {
  return `${chatId}:${messageId}`;
}

/** Telegram's own id of a message, where it is one of this chat; null for what cannot be replied to. */
export function messageIdIn(chatId: string, name: string | null): number | null {
  const match = /^(-?\d{1,20}):(\d{1,16})$/.exec(name ?? '');
  return match?.[2] === undefined || match[1] !== chatId ? null : Number(match[2]);
}
