/**
 * What can be wrong with a channel, by a code that a client puts into its reader's words, and how the sentence begins that
 * is stored. The sentences stand where they are decided; `trouble-codes.spec.ts` holds that none of them is missing here.
 */
const known: readonly (readonly [code: string, begins: string])[] = [
  ['TOKEN_INVALID', 'The access token is no longer valid.'],
  ['TOKEN_EXPIRED', 'The access token has expired.'],
  ['TOKEN_MISSING', 'No access token reached the platform.'],
  ['TOKEN_WITHDRAWN', 'The access token was withdrawn.'],
  ['APP_REMOVED', 'The app was removed '],
  ['SIGN_IN_TO_CONFIRM', 'Meta asks the account holder to confirm'],
  ['PASSWORD_CHANGED', 'The password of the person who connected the account was changed.'],
  ['PERSON_UNCONFIRMED', 'The person who connected the account has not confirmed'],
  ['ROLE_LOST', 'The person who connected the account has no role'],
  ['BOT_TOKEN_REFUSED', 'Telegram does not take the bot token'],
  ['BOT_TOKEN_UNKNOWN', 'Telegram does not know the bot token'],
  ['LINE_TOKEN_REFUSED', 'LINE does not take the channel access token'],
  ['MAIL_PASSWORD_REFUSED', 'The mail server does not take the password'],
  ['MAIL_SERVER_SILENT', 'The mail server has not answered for a while.'],
  ['NUMBER_UNREGISTERED', 'This number is not registered for sending yet.'],
  ['ACCESS_ENDING', 'The access ends on '],
  ['RELEASE_PENDING', 'It is disconnected here. The platform could not be reached'],
  ['RELEASE_FAILED', 'It is disconnected here, and the access was destroyed.'],
  ['CAME_FROM_ELSEWHERE', 'It came from another deployment of Parley without its access.'],
];

/** The code of a trouble; null where there is none, and where the words are another's. */
export function troubleCode(sentence: string | null): string | null {
  return sentence === null ? null : (known.find(([, begins]) => sentence.startsWith(begins))?.[0] ?? null);
}

/** Every code there is. */
export const troubleCodes: readonly string[] = known.map(([code]) => code);
