import type { Obj } from '../../json.ts';
import type { Books } from '../books.ts';
import type { BillingEvent, Happening, HappeningKind } from '../model.ts';
import { polarId } from '../ids.ts';
import { polarCheckout, polarCustomer, polarOrder, polarRefund, polarSubscription, polarTime } from './wire.ts';

/** What Polar says of each thing that happens. `canceled` is "will end", `revoked` is "has ended". */
const KINDS: Record<HappeningKind, readonly string[]> = {
  bought: [
    'checkout.updated',
    'customer.created',
    'subscription.created',
    'order.created',
    'subscription.updated',
    'subscription.active',
    'order.paid',
  ],
  renewed: ['subscription.updated', 'subscription.cycled', 'order.created', 'order.paid'],
  payment_failed: ['order.created', 'subscription.updated', 'subscription.past_due'],
  recovered: ['order.paid', 'subscription.updated', 'subscription.active'],
  paused: ['subscription.updated', 'subscription.paused'],
  resumed: ['subscription.updated', 'subscription.resumed'],
  cancel_scheduled: ['subscription.updated', 'subscription.canceled'],
  cancel_withdrawn: ['subscription.updated', 'subscription.uncanceled'],
  ended: ['subscription.updated', 'subscription.canceled', 'subscription.revoked'],
  changed: ['subscription.updated', 'order.created', 'order.paid'],
  card_changed: ['customer.updated'],
  moved: ['subscription.updated'],
  refunded: ['refund.created', 'order.updated', 'order.refunded'],
};

/** The events of something that has happened, in the order in which they are sent. */
export function polarEvents(books: Books, happening: Happening): BillingEvent[] {
  const { kind, subscription } = happening;
  return KINDS[kind].map((type) => ({
    merchant: 'polar',
    id: `msg_${polarId()}`,
    kind: type,
    subscriptionId: subscription.id,
    body: JSON.stringify({ type, timestamp: polarTime(books.now()), data: dataOf(books, happening, type) }),
  }));
}

function dataOf(books: Books, { subscription, invoice }: Happening, type: string): Obj {
  const [about] = type.split('.');
  const checkout = books.checkouts.get(subscription.checkoutId);
  const customer = books.customers.get(subscription.customerId);
  if (about === 'checkout' && checkout) return polarCheckout(books, checkout, '');
  if (about === 'customer' && customer) return polarCustomer(customer);
  if (about === 'order' && invoice !== null) return polarOrder(books, subscription, invoice);
  if (about === 'refund' && invoice !== null) return polarRefund(subscription, invoice);
  return polarSubscription(books, subscription);
}
