import { OutgoingError } from '../../platform/http/index.js';
import type { ActOutcome, OutgoingMessage, OutgoingReaction } from '../channel-adapter.js';
import type { Json } from '../wire/reading.js';
import type { TelegramClient } from './telegram-client.js';
import { refusalOf } from './telegram-errors.js';
import { chatNumber, messageIdIn } from './telegram-update.js';

/** What a bot may react with: those of Telegram's list that a business may want to. */
export const reactionEmojis: readonly string[] = [
  '👍', '👎', '❤', '🔥', '🥰', '👏', '😁', '🤔', '🤯', '😱', '😢', '🎉', '🤩', '🙏', '👌', '😍', '💯', '🤣', '⚡',
  '🏆', '💔', '🤨', '😭', '👀', '🙈', '😇', '🤝', '✍', '🤗', '🫡', '🎄', '🆒', '😘', '😎', '🤷',
]; // prettier-ignore
/** The most bytes that a button gives back when it is pressed. */
const mostData = 64;

/** The answers that a message offers, a button each below the message. */
export function replyMarkupOf({ quickReplies = [] }: Pick<OutgoingMessage, 'quickReplies'>): Json {
  if (quickReplies.length === 0) return {};
  const inline_keyboard = quickReplies.map((text, index) => [{ text, callback_data: dataOf(text, index) }]);
  return { reply_markup: { inline_keyboard } };
}

/** Puts a reaction on a message, or takes it off. Setting the same again changes nothing. */
export async function setReaction(
  telegram: TelegramClient,
  token: string,
  { recipient, messageExternalId, emoji }: OutgoingReaction,
  signal: AbortSignal,
): Promise<ActOutcome> {
  const chat = recipient[0].externalId;
  const messageId = messageIdIn(chat, messageExternalId);
  if (messageId === null)
    return { kind: 'refused', reason: 'Telegram has no reactions on what a button said.', tokenUnusable: false };
  const reaction = emoji === null ? [] : [{ type: 'emoji', emoji }];
  const parameters = { chat_id: chatNumber(chat), message_id: messageId, reaction };
  try {
    const answer = await telegram.call(token, 'setMessageReaction', parameters, signal);
    if (answer.result === true) return { kind: 'done' };
    const refusal = refusalOf(answer);
    if (refusal !== null && refusal.kind !== 'sent') return refusal;
    return { kind: 'unconfirmed', reason: 'Telegram failed while it took the reaction. It may stand there.' };
  } catch (error) {
    if (error instanceof OutgoingError && error.sent === 'no')
      return { kind: 'retry', reason: 'Telegram could not be reached.', afterSeconds: null };
    return { kind: 'unconfirmed', reason: 'Telegram did not answer. The reaction may stand there.' };
  }
}

/** The words again; where they do not fit, their number and as much of them as does. */
function dataOf(text: string, index: number): string {
  if (Buffer.byteLength(text) <= mostData) return text;
  let data = `${String(index + 1)} ${text}`;
  while (Buffer.byteLength(data) > mostData) data = [...data].slice(0, -1).join('');
  return data;
}
