import { z } from 'zod';
import type { MerchantEvent } from '../merchant.js';
import { digestOf, jsonIn, readAs, wireCustomData, wireDate, wireId, wireKind } from '../wire.js';
import { fromLemonSqueezy, lemonSqueezySubscription } from './lemon-squeezy-subscription.js';

const what = 'The event of Lemon Squeezy';
const event = z.object({ meta: z.object({ event_name: wireKind, custom_data: wireCustomData }), data: z.unknown() });
const dated = z.object({ attributes: z.object({ updated_at: wireDate }) });
/** Payments are told by the invoice that they are for. */
const invoice = z.object({
  type: z.literal('subscription-invoices'),
  attributes: z.object({ subscription_id: wireId }),
});
const other = z.object({ type: z.literal('subscriptions'), id: wireId });

/** The events that hold a subscription as it was then. */
const states = new Set(
  ['created', 'updated', 'cancelled', 'resumed', 'expired', 'paused', 'unpaused'].map(
    (change) => `subscription_${change}`,
  ),
);

/** Reads an event of Lemon Squeezy. It has no id and no time of its own: its bytes name it, and its subject says when it changed. */
export function readLemonSqueezyEvent(body: Buffer): MerchantEvent {
  const { meta, data } = readAs(event, jsonIn(body, what), what);
  const { event_name: kind, custom_data: customData } = meta;
  const id = digestOf(body);
  if (states.has(kind)) {
    const { updated_at: occurredAt } = readAs(dated, data, what).attributes;
    const about = fromLemonSqueezy(readAs(lemonSqueezySubscription, data, what), occurredAt, customData);
    return { id, kind, occurredAt, about };
  }
  const occurredAt = dated.safeParse(data).data?.attributes.updated_at ?? new Date();
  return { id, kind, occurredAt, about: referenceIn(kind, data) };
}

function referenceIn(kind: string, data: unknown): { readonly reference: string } | null {
  if (!kind.startsWith('subscription_')) return null;
  const reference = invoice.safeParse(data).data?.attributes.subscription_id ?? other.safeParse(data).data?.id;
  return reference === undefined ? null : { reference };
}
