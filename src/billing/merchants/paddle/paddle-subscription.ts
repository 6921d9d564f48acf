import { z } from 'zod';
import type { MerchantStatus, MerchantSubscription } from '../merchant.js';
import { wireCustomData, wireDateOrNull, wireId } from '../wire.js';

/** A subscription as Paddle writes it, in its API and in its events. Whatever else it holds is not taken over. */
export const paddleSubscription = z.object({
  id: wireId,
  status: z.enum(['active', 'trialing', 'past_due', 'paused', 'canceled']),
  customer_id: wireId,
  next_billed_at: wireDateOrNull,
  canceled_at: wireDateOrNull,
  updated_at: wireDateOrNull,
  scheduled_change: z
    .object({ action: z.string(), effective_at: wireDateOrNull })
    .nullish()
    .transform((change) => change ?? null),
  items: z.array(z.object({ price: z.object({ id: wireId }), status: z.string().nullish() })).max(100),
  transaction_id: wireId.nullish().transform((id) => id ?? null),
  custom_data: wireCustomData,
});

const statuses: Readonly<Record<z.infer<typeof paddleSubscription>['status'], MerchantStatus>> = {
  active: 'ACTIVE',
  trialing: 'TRIALING',
  past_due: 'PAST_DUE',
  paused: 'PAUSED',
  canceled: 'CANCELED',
};

/** What it says in our words. */
export function fromPaddle(said: z.infer<typeof paddleSubscription>, asOf: Date): MerchantSubscription {
  const cancels = said.scheduled_change?.action === 'cancel' ? said.scheduled_change.effective_at : null;
  const endsAt = said.status === 'canceled' ? (said.canceled_at ?? asOf) : cancels;
  // What is not paid for stays so, though it is also to end.
  const isEnding = endsAt !== null && (said.status === 'active' || said.status === 'trialing');
  return {
    reference: said.id,
    customer: said.customer_id,
    status: isEnding ? 'CANCELED' : statuses[said.status],
    prices: said.items.filter(({ status }) => status !== 'inactive').map(({ price }) => price.id),
    renewsAt: endsAt === null ? said.next_billed_at : null,
    endsAt,
    asOf,
    checkout: said.transaction_id,
    customData: said.custom_data,
  };
}
