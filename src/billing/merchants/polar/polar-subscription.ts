import { z } from 'zod';
import type { MerchantStatus, MerchantSubscription } from '../merchant.js';
import { wireCustomData, wireDateOrNull, wireId } from '../wire.js';

/** A subscription as Polar writes it, in its API and in its events. The customer in it is not taken over but for the id. */
export const polarSubscription = z.object({
  id: wireId,
  status: z.enum([
    'incomplete',
    'incomplete_expired',
    'trialing',
    'active',
    'past_due',
    'canceled',
    'unpaid',
    'paused',
  ]),
  customer_id: wireId,
  product_id: wireId,
  checkout_id: wireId.nullish().transform((id) => id ?? null),
  created_at: wireDateOrNull,
  modified_at: wireDateOrNull,
  current_period_end: wireDateOrNull,
  cancel_at_period_end: z.boolean().nullish(),
  ends_at: wireDateOrNull,
  ended_at: wireDateOrNull,
  metadata: wireCustomData,
});

type Status = z.infer<typeof polarSubscription>['status'];
const statuses: Readonly<Record<Exclude<Status, 'incomplete' | 'incomplete_expired'>, MerchantStatus>> = {
  trialing: 'TRIALING',
  active: 'ACTIVE',
  past_due: 'PAST_DUE',
  canceled: 'CANCELED',
  // It has given up asking the customer's bank; by paying, they still go on.
  unpaid: 'PAST_DUE',
  paused: 'PAUSED',
};

/** What it says in our words; null for one whose first payment was never made, so that it was not bought. */
export function fromPolar(said: z.infer<typeof polarSubscription>, asOf: Date): MerchantSubscription | null {
  const { status } = said;
  if (status === 'incomplete' || status === 'incomplete_expired') return null;
  const endsAt = endOf(said, asOf);
  // What is not paid for stays so, though it is also to end.
  const isEnding = endsAt !== null && (status === 'active' || status === 'trialing');
  return {
    reference: said.id,
    customer: said.customer_id,
    status: isEnding ? 'CANCELED' : statuses[status],
    prices: [said.product_id],
    renewsAt: endsAt === null && status !== 'paused' ? said.current_period_end : null,
    endsAt,
    asOf,
    checkout: said.checkout_id,
    customData: said.metadata,
  };
}

function endOf(said: z.infer<typeof polarSubscription>, asOf: Date): Date | null {
  if (said.status === 'canceled') return said.ended_at ?? said.ends_at ?? asOf;
  return said.cancel_at_period_end === true ? (said.ends_at ?? said.current_period_end ?? asOf) : null;
}
