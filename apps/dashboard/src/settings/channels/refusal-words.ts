import type { TFunction } from 'i18next';
import type { ApiFailure } from '../../api/documents.js';

/** Codes whose words the server writes for people, in English. */
const told = ['BAD_USER_INPUT', 'CONFLICT', 'PLATFORM_REFUSED'];

/** Why nothing was connected, in the reader's words; what is not known here is told as it came, and says so. */
export function refusalWords(
  reason: string | null | undefined,
  sentence: string,
  t: TFunction,
  { account, ...values }: Readonly<Record<string, string>> = {},
): string {
  // Its words name the account already.
  const asItCame = t('channelTrouble.said', { words: sentence });
  const said = (where: string) =>
    typeof reason === 'string' ? t(`${where}.${reason}`, { ...values, defaultValue: '' }) : '';
  const known = said('refusal') || said('refused');
  if (known === '') return asItCame;
  return account === undefined ? known : t('refusal.ofAccount', { account, words: known });
}

/** The same for a refusal of a form; others than those of a connection stay as they are. */
export function inReadersWords(failure: ApiFailure, t: TFunction): ApiFailure {
  const { code, reason, message, values } = failure;
  if (reason === undefined && !told.includes(code)) return failure;
  return message === '' ? failure : { ...failure, message: refusalWords(reason, message, t, values) };
}
