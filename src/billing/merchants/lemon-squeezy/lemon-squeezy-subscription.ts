import { z } from 'zod';
import type { CustomData, MerchantStatus, MerchantSubscription } from '../merchant.js';
import { wireDateOrNull, wireId } from '../wire.js';

/** A subscription as Lemon Squeezy writes it. The name and the address in it are not taken over. */
export const lemonSqueezySubscription = z.object({
  type: z.literal('subscriptions'),
  id: wireId,
  attributes: z.object({
    customer_id: wireId,
    variant_id: wireId,
    status: z.enum(['on_trial', 'active', 'paused', 'past_due', 'unpaid', 'cancelled', 'expired']),
    renews_at: wireDateOrNull,
    ends_at: wireDateOrNull,
    trial_ends_at: wireDateOrNull,
    updated_at: wireDateOrNull,
  }),
});
type Said = z.infer<typeof lemonSqueezySubscription>;

const statuses: Readonly<Record<Said['attributes']['status'], MerchantStatus>> = {
  on_trial: 'TRIALING',
  active: 'ACTIVE',
  paused: 'PAUSED',
  past_due: 'PAST_DUE',
  // It has given up asking the customer's bank; by paying, they still go on.
  unpaid: 'PAST_DUE',
  cancelled: 'CANCELED',
  expired: 'CANCELED',
};

/** What it says in our words. */
export function fromLemonSqueezy(
  { id, attributes: said }: Said,
  asOf: Date,
  customData: CustomData,
): MerchantSubscription {
  const endsAt = endOf(said, asOf);
  return {
    reference: id,
    customer: said.customer_id,
    status: statuses[said.status],
    prices: [said.variant_id],
    // It goes on naming the day on which one that was cancelled or paused would have been renewed.
    renewsAt: endsAt === null && said.status !== 'paused' ? renewalOf(said) : null,
    endsAt,
    asOf,
    checkout: null,
    customData,
  };
}

function endOf({ status, ends_at: endsAt }: Said['attributes'], asOf: Date): Date | null {
  if (status === 'cancelled') return endsAt ?? asOf;
  if (status === 'expired') return endsAt !== null && endsAt < asOf ? endsAt : asOf;
  return endsAt;
}

function renewalOf({ status, trial_ends_at: trialEndsAt, renews_at: renewsAt }: Said['attributes']): Date | null {
  return status === 'on_trial' ? (trialEndsAt ?? renewsAt) : renewsAt;
}
