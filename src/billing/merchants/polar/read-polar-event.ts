import { z } from 'zod';
import type { MerchantEvent } from '../merchant.js';
import { digestOf, jsonIn, readAs, wireDate, wireId, wireKind } from '../wire.js';
import { fromPolar, polarSubscription } from './polar-subscription.js';

const what = 'The event of Polar';
const event = z.object({ type: wireKind, timestamp: wireDate, data: z.unknown() });
/** Orders, refunds and checkouts name the subscription that they are for. */
const concerning = z.object({ subscription_id: wireId });
const other = z.object({ id: wireId });

/** The events that hold a subscription as it was then. */
const states = new Set(
  [
    ...['created', 'active', 'updated', 'canceled', 'uncanceled', 'revoked', 'past_due'],
    ...['paused', 'resumed', 'cycled', 'migrated'],
  ].map((change) => `subscription.${change}`),
);

/** Reads an event of Polar. Its id stands in a header that is not kept, so its bytes name it. */
export function readPolarEvent(body: Buffer): MerchantEvent {
  const { type: kind, timestamp: occurredAt, data } = readAs(event, jsonIn(body, what), what);
  return { id: digestOf(body), kind, occurredAt, about: aboutOf(kind, data, occurredAt) };
}

function aboutOf(kind: string, data: unknown, occurredAt: Date): MerchantEvent['about'] {
  if (states.has(kind)) {
    const said = readAs(polarSubscription, data, what);
    return fromPolar(said, said.modified_at ?? occurredAt);
  }
  // An event of tomorrow about a subscription is no reason to fail: it is asked about.
  if (kind.startsWith('subscription.')) return referenceIn(other.safeParse(data).data?.id);
  if (/^(?:order|refund|checkout)\./.test(kind)) return referenceIn(concerning.safeParse(data).data?.subscription_id);
  return null;
}

function referenceIn(reference: string | undefined): { readonly reference: string } | null {
  return reference === undefined ? null : { reference };
}
