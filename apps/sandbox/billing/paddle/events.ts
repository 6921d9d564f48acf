import type { Obj } from '../../json.ts';
import type { Books } from '../books.ts';
import { paddleId } from '../ids.ts';
import type { BillingEvent, Happening, HappeningKind } from '../model.ts';
import { paddleAdjustment, paddleSubscription, paddleTime, paddleTransaction } from './wire.ts';

const PAID = ['transaction.billed', 'transaction.paid', 'transaction.completed'];

/** What Paddle says of each thing that happens. */
const KINDS: Record<HappeningKind, readonly string[]> = {
  bought: ['transaction.paid', 'subscription.created', 'subscription.activated', 'transaction.completed'],
  renewed: ['subscription.updated', 'transaction.created', ...PAID],
  payment_failed: [
    'transaction.payment_failed',
    'transaction.past_due',
    'subscription.past_due',
    'subscription.updated',
  ],
  recovered: ['transaction.paid', 'transaction.completed', 'subscription.updated'],
  paused: ['subscription.paused', 'subscription.updated'],
  resumed: ['subscription.resumed', 'subscription.updated'],
  cancel_scheduled: ['subscription.updated'],
  cancel_withdrawn: ['subscription.updated'],
  ended: ['subscription.updated', 'subscription.canceled'],
  changed: ['subscription.updated', 'transaction.created', ...PAID],
  card_changed: ['payment_method.saved', 'subscription.updated'],
  moved: ['subscription.updated'],
  refunded: ['adjustment.created', 'adjustment.updated'],
};

/** The events of something that has happened, in the order in which they are sent. */
export function paddleEvents(books: Books, happening: Happening): BillingEvent[] {
  const { kind, subscription } = happening;
  return KINDS[kind].map((said) => {
    const trial = kind === 'bought' && subscription.standing === 'trialing' && said === 'subscription.activated';
    const type = trial ? 'subscription.trialing' : said;
    const id = paddleId('evt');
    const body = JSON.stringify({
      event_id: id,
      event_type: type,
      occurred_at: paddleTime(books.now()),
      notification_id: paddleId('ntf'),
      data: dataOf(books, happening, type),
    });
    return { merchant: 'paddle', id, kind: type, subscriptionId: subscription.id, body };
  });
}

function dataOf(books: Books, { subscription, invoice }: Happening, type: string): Obj {
  const [about] = type.split('.');
  if (about === 'adjustment' && invoice !== null)
    return paddleAdjustment(subscription, invoice, type === 'adjustment.created' ? 'pending_approval' : 'approved');
  if (about === 'payment_method') return { id: paddleId('paymtd'), customer_id: subscription.customerId };
  const checkout = books.checkouts.get(subscription.checkoutId);
  if (about === 'transaction' && checkout) {
    const [, status] = type.split('.');
    const transaction = paddleTransaction(books, { checkout, subscription, invoice, url: null });
    return status === 'paid' || status === 'billed' ? { ...transaction, status } : transaction;
  }
  const data = paddleSubscription(books, subscription);
  return type === 'subscription.created' ? { ...data, transaction_id: subscription.checkoutId } : data;
}
