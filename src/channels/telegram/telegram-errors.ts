import type { SendOutcome } from '../channel-adapter.js';
import type { TelegramAnswer } from './telegram-client.js';

/** What a refusal of the Bot API means for a message. Its words are recognised and never shown. */
interface TelegramErrorRule {
  readonly status: number;
  /** Only with words like these; a rule without is for every other refusal of the status. */
  readonly like?: RegExp;
  /** What happened and what a person can do about it. */
  readonly words: string;
  readonly tokenUnusable?: true;
}

/** The refusals that Telegram is known to give. The first that fits counts. */
export const telegramErrorRules: readonly TelegramErrorRule[] = [
  {
    status: 401,
    words:
      'Telegram does not take the bot token any more. Copy the present one from @BotFather and connect the bot again.',
    tokenUnusable: true,
  },
  {
    // A token of another form than Telegram's is answered as if the address did not exist.
    status: 404,
    words: 'Telegram does not know the bot token. Copy the present one from @BotFather and connect the bot again.',
    tokenUnusable: true,
  },
  {
    status: 403,
    like: /blocked by the user/i,
    words: 'The customer has blocked this bot. They have to unblock it first.',
  },
  { status: 403, like: /deactivated/i, words: 'The customer has deleted their Telegram account.' },
  {
    status: 403,
    like: /initiate conversation/i,
    words: 'A bot cannot write first on Telegram. The customer has to open the chat and press Start.',
  },
  { status: 403, like: /kicked|not a member/i, words: 'The bot is not in this chat any more.' },
  { status: 403, words: 'Telegram does not let this bot write to the customer.' },
  { status: 400, like: /chat not found/i, words: 'Telegram does not know this chat any more.' },
  {
    status: 400,
    like: /too long/i,
    words: 'The text is longer than Telegram takes. Make it shorter and send it again.',
  },
  { status: 400, like: /text is empty|must be non-empty/i, words: 'Telegram takes no message without words in it.' },
  { status: 400, like: /PEER_ID_INVALID|USER_DEACTIVATED/i, words: 'The customer has deleted their Telegram account.' },
  { status: 413, words: 'The message is larger than Telegram takes.' },
];

export const busyWords = 'Telegram is limiting how much may be sent. It is tried again by itself.';

/** What a no means; null for an answer that is none, after which the message may have been sent. */
export function refusalOf({ status, description, retryAfter }: TelegramAnswer): SendOutcome | null {
  if (status < 400 || status > 499 || status === 408) return null;
  if (status === 429) return { kind: 'retry', reason: busyWords, afterSeconds: retryAfter };
  const rule = telegramErrorRules.find(
    (one) => one.status === status && (one.like === undefined || one.like.test(description ?? '')),
  );
  const reason = rule?.words ?? `Telegram refused it (error ${String(status)}).`;
  return { kind: 'refused', reason, tokenUnusable: rule?.tokenUnusable === true };
}
