import type { TFunction } from 'i18next';
import type { Billing } from './use-billing.js';

/** How a plan stands as one sentence, with the day that matters, where there is one. */
export function standingWords(billing: Billing, t: TFunction, day: (at: string) => string): string {
  const { status, live, provider, renewsAt, trialEndsAt } = billing;
  // Past its last day, and nobody has looked at it yet.
  if (!live && status !== 'PAUSED' && status !== 'NONE') return t('billing.stands.EXPIRED');
  const atMerchant = status === 'TRIALING' && provider !== null;
  const at = {
    TRIALING: atMerchant ? renewsAt : trialEndsAt,
    ACTIVE: renewsAt,
    PAST_DUE: billing.graceEndsAt,
    CANCELED: billing.cancelAt,
    PAUSED: null,
    EXPIRED: null,
    NONE: null,
  }[status];
  const key = atMerchant ? 'TRIAL_BOUGHT' : status;
  return at === null ? t(`billing.stands.${key}`) : t(`billing.standsUntil.${key}`, { date: day(at) });
}
