import type { TFunction } from 'i18next';
import type { ApiFailure } from '../api/documents.js';

/** Codes whose message the server writes for the person at the screen, and which says more than we could. */
const specific = [
  'BAD_USER_INPUT',
  'CONFLICT',
  'PLATFORM_REFUSED',
  'PLAN_LIMIT',
  'MESSAGING_WINDOW_CLOSED',
  'CHANNEL_EXPIRED',
  'LEGAL_HOLD',
];

export interface FailureWords {
  title: string;
  detail: string | null;
}

/** A refusal as a plain sentence in the reader's language, with the server's own words where they are specific. */
export function failureWords(failure: ApiFailure, t: TFunction): FailureWords {
  const title =
    failure.code === 'RATE_LIMITED' && failure.retryAfter !== null
      ? t('failure.RATE_LIMITED_for', { count: Math.ceil(failure.retryAfter) })
      : t(`failure.${failure.code}`);
  const says = failure.reason !== undefined || specific.includes(failure.code);
  const detail = reasonWords(failure, t) ?? (says && failure.message ? failure.message : null);
  return { title, detail };
}

/** By the reason that the server names, where it is known here; null elsewhere. */
function reasonWords({ reason, values }: ApiFailure, t: TFunction): string | null {
  if (reason === undefined) return null;
  return t(`refused.${reason}`, { ...values, defaultValue: '' }) || null;
}

/** One sentence, for a field or a notice. */
export function failureSentence(failure: ApiFailure, t: TFunction): string {
  const { title, detail } = failureWords(failure, t);
  return detail ?? title;
}
