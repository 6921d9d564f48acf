import type { Billing } from './use-billing.js';

/** What everybody is told of the plan: it will stop in a few days, a payment failed, or it has stopped. */
export type BillingNews =
  | { readonly kind: 'trialEnds' | 'ends'; readonly at: string; readonly days: number }
  | { readonly kind: 'pastDue'; readonly at: string }
  | { readonly kind: 'paused' | 'trialEnded' | 'ended' | 'none' };

const day = 86_400_000;
/** An end is told so many days before. */
const told = 3;

/** What there is to tell now; null where all is well, or nothing is sold. */
export function billingNews(billing: Billing, now: number): BillingNews | null {
  const { sold, live, status, provider, trialEndsAt, cancelAt, graceEndsAt } = billing;
  if (!sold) return null;
  if (!live) return stopped(billing);
  if (status === 'PAST_DUE') return graceEndsAt === null ? null : { kind: 'pastDue', at: graceEndsAt };
  // A trial at the merchant goes over into the plan by itself.
  if (status === 'TRIALING' && provider === null) return soon('trialEnds', trialEndsAt, now);
  return status === 'CANCELED' ? soon('ends', cancelAt, now) : null;
}

/** Whether sending and AI have stopped: that is not put away. */
export function hasStopped({ kind }: BillingNews): boolean {
  return kind === 'paused' || kind === 'trialEnded' || kind === 'ended' || kind === 'none';
}

function soon(kind: 'trialEnds' | 'ends', at: string | null, now: number): BillingNews | null {
  if (at === null) return null;
  const days = Math.max(1, Math.ceil((Date.parse(at) - now) / day));
  return days > told ? null : { kind, at, days };
}

function stopped({ status, provider, trialEndsAt }: Billing): BillingNews {
  if (status === 'PAUSED') return { kind: 'paused' };
  if (status === 'NONE') return { kind: 'none' };
  return { kind: provider === null && trialEndsAt !== null ? 'trialEnded' : 'ended' };
}
