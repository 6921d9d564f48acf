import type { Obj } from '../../json.ts';
import type { Books } from '../books.ts';
import type { BillingEvent, Happening, HappeningKind } from '../model.ts';
import type { PortalLinks } from '../portal-links.ts';
import { lemonSqueezyInvoice, lemonSqueezyOrder, lemonSqueezySubscription } from './wire.ts';

/** What Lemon Squeezy says of each thing that happens: beside what it was, that the subscription was updated. */
const KINDS: Record<HappeningKind, readonly string[]> = {
  bought: ['order_created', 'subscription_created', 'subscription_updated', 'subscription_payment_success'],
  renewed: ['subscription_updated', 'subscription_payment_success'],
  payment_failed: ['subscription_updated', 'subscription_payment_failed'],
  recovered: ['subscription_updated', 'subscription_payment_success', 'subscription_payment_recovered'],
  paused: ['subscription_updated', 'subscription_paused'],
  resumed: ['subscription_updated', 'subscription_unpaused'],
  cancel_scheduled: ['subscription_updated', 'subscription_cancelled'],
  cancel_withdrawn: ['subscription_updated', 'subscription_resumed'],
  ended: ['subscription_updated', 'subscription_expired'],
  changed: ['subscription_updated', 'subscription_payment_success'],
  card_changed: ['subscription_updated'],
  moved: ['subscription_updated'],
  refunded: ['subscription_payment_refunded'],
};

/** The events of something that has happened, in the order in which they are sent. */
export function lemonSqueezyEvents(books: Books, links: PortalLinks, happening: Happening): BillingEvent[] {
  const { kind, subscription } = happening;
  return KINDS[kind].map((name) => ({
    merchant: 'lemonsqueezy',
    id: `ls-${books.nextNumber()}`,
    kind: name,
    subscriptionId: subscription.id,
    body: JSON.stringify({
      meta: { event_name: name, custom_data: subscription.customData, test_mode: true },
      data: dataOf(books, links, happening, name),
    }),
  }));
}

function dataOf(books: Books, links: PortalLinks, { subscription, invoice }: Happening, name: string): Obj {
  if (name === 'order_created') return lemonSqueezyOrder(books, subscription);
  if (name.startsWith('subscription_payment_') && invoice !== null)
    return lemonSqueezyInvoice(books, subscription, invoice);
  return lemonSqueezySubscription(books, links, subscription);
}
