import { z } from 'zod';
import type { MerchantEvent } from '../merchant.js';
import { jsonIn, readAs, wireDate, wireId, wireKind } from '../wire.js';
import { fromPaddle, paddleSubscription } from './paddle-subscription.js';

const what = 'The event of Paddle';
const event = z.object({ event_id: wireId, event_type: wireKind, occurred_at: wireDate, data: z.unknown() });
/** Payments, refunds and chargebacks name the subscription that they are for. */
const concerning = z.object({ subscription_id: wireId });
const other = z.object({ id: wireId });

/** The events that hold a subscription as it was then. */
const states = new Set(
  ['created', 'activated', 'trialing', 'updated', 'past_due', 'paused', 'resumed', 'canceled', 'imported'].map(
    (change) => `subscription.${change}`,
  ),
);

/** Reads an event of Paddle, which is ordered by the time at which it occurred. */
export function readPaddleEvent(body: Buffer): MerchantEvent {
  const { event_id: id, event_type: kind, occurred_at: occurredAt, data } = readAs(event, jsonIn(body, what), what);
  return { id, kind, occurredAt, about: aboutOf(kind, data, occurredAt) };
}

function aboutOf(kind: string, data: unknown, occurredAt: Date): MerchantEvent['about'] {
  if (states.has(kind)) return fromPaddle(readAs(paddleSubscription, data, what), occurredAt);
  // An event of tomorrow about a subscription is no reason to fail: it is asked about.
  if (kind.startsWith('subscription.')) return referenceIn(other.safeParse(data).data?.id);
  if (kind.startsWith('transaction.') || kind.startsWith('adjustment.'))
    return referenceIn(concerning.safeParse(data).data?.subscription_id);
  return null;
}

function referenceIn(reference: string | undefined): { readonly reference: string } | null {
  return reference === undefined ? null : { reference };
}
