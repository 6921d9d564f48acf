import type { Obj } from '../json.ts';
import type { Books } from './books.ts';
import { paddleId, polarId } from './ids.ts';
import type {
  Checkout,
  Customer,
  Happening,
  HappeningKind,
  Invoice,
  Item,
  MerchantName,
  Subscription,
} from './model.ts';

const DAY_MS = 86_400_000;

/** What was asked for cannot happen to this subscription; the message says why. */
export class NotPossible extends Error {}

/** What happens to subscriptions over time, alike at every merchant. Each step tells what has happened. */
export class Life {
  private readonly books: Books;

  constructor(books: Books) {
    this.books = books;
  }

  /** An id as this merchant gives one. */
  newId(merchant: MerchantName, prefix: string): string {
    if (merchant === 'paddle') return paddleId(prefix);
    return merchant === 'polar' ? polarId() : String(this.books.nextNumber());
  }

  /** A checkout is opened. */
  open(asked: Omit<Checkout, 'id' | 'createdAt' | 'subscriptionId'>, id?: string): Checkout {
    const checkout: Checkout = {
      ...asked,
      id: id ?? this.newId(asked.merchant, 'txn'),
      createdAt: this.books.now(),
      subscriptionId: null,
    };
    this.books.checkouts.set(checkout.id, checkout);
    return checkout;
  }

  /** The buyer pays: the subscription begins, with a trial where its first price has one. */
  pay(checkout: Checkout, chosen?: string): Happening {
    if (checkout.subscriptionId !== null) throw new NotPossible('This checkout is paid already.');
    const items = boughtItems(checkout, chosen);
    const now = this.books.now();
    const trialDays = this.books.price(items[0]?.price ?? '').trialDays;
    const trialEnd = trialDays > 0 ? new Date(now.getTime() + trialDays * DAY_MS) : null;
    const subscription: Subscription = {
      merchant: checkout.merchant,
      id: this.newId(checkout.merchant, 'sub'),
      customerId: this.buyer(checkout, now).id,
      checkoutId: checkout.id,
      items,
      customData: checkout.customData,
      standing: trialEnd === null ? 'active' : 'trialing',
      createdAt: now,
      updatedAt: now,
      periodStart: now,
      periodEnd: trialEnd ?? monthAfter(now),
      trialEnd,
      endsAt: null,
      pausedAt: null,
      canceledAt: null,
      endedAt: null,
      card: '4242',
    };
    this.books.subscriptions.set(subscription.id, subscription);
    checkout.subscriptionId = subscription.id;
    const invoice = this.invoice(subscription, 'checkout', 'paid');
    if (trialEnd !== null) invoice.amount = 0;
    return { kind: 'bought', subscription, invoice };
  }

  /** The period is over: it is paid for the next one, or ends where it was to. */
  renew(subscription: Subscription): Happening {
    if (subscription.endsAt !== null) return this.end(subscription);
    this.running(subscription);
    const now = this.books.now();
    Object.assign(subscription, { periodStart: now, periodEnd: monthAfter(now), trialEnd: null, standing: 'active' });
    return this.happened('renewed', subscription, this.invoice(subscription, 'renewal', 'paid'));
  }

  /** The card was refused: the invoice stays open. */
  fail(subscription: Subscription): Happening {
    this.running(subscription);
    subscription.standing = 'past_due';
    const open = this.openInvoice(subscription) ?? this.invoice(subscription, 'renewal', 'open');
    return this.happened('payment_failed', subscription, open);
  }

  /** The open invoice is paid after all. */
  recover(subscription: Subscription): Happening {
    if (subscription.standing !== 'past_due') throw new NotPossible('Nothing is left to be paid.');
    const now = this.books.now();
    const invoice = this.openInvoice(subscription) ?? this.invoice(subscription, 'renewal', 'open');
    Object.assign(invoice, { status: 'paid', updatedAt: now });
    Object.assign(subscription, { standing: 'active', periodStart: now, periodEnd: monthAfter(now) });
    return this.happened('recovered', subscription, invoice);
  }

  pause(subscription: Subscription): Happening {
    this.running(subscription);
    if (subscription.standing === 'paused') throw new NotPossible('It is paused already.');
    Object.assign(subscription, { standing: 'paused', pausedAt: this.books.now() });
    return this.happened('paused', subscription);
  }

  resume(subscription: Subscription): Happening {
    if (subscription.standing !== 'paused') throw new NotPossible('It is not paused.');
    const now = this.books.now();
    Object.assign(subscription, { standing: 'active', pausedAt: null, periodStart: now, periodEnd: monthAfter(now) });
    return this.happened('resumed', subscription);
  }

  /** It is to end with its period. */
  cancel(subscription: Subscription): Happening {
    this.running(subscription);
    if (subscription.endsAt !== null) throw new NotPossible('It is to end already.');
    Object.assign(subscription, { endsAt: subscription.periodEnd, canceledAt: this.books.now() });
    return this.happened('cancel_scheduled', subscription);
  }

  /** It goes on after all. */
  keep(subscription: Subscription): Happening {
    this.running(subscription);
    if (subscription.endsAt === null) throw new NotPossible('It is not to end.');
    Object.assign(subscription, { endsAt: null, canceledAt: null });
    return this.happened('cancel_withdrawn', subscription);
  }

  /** It ends now: canceled at once, or its time is over. */
  end(subscription: Subscription): Happening {
    this.running(subscription);
    const now = this.books.now();
    const canceledAt = subscription.canceledAt ?? now;
    Object.assign(subscription, { standing: 'ended', endedAt: now, endsAt: now, canceledAt, pausedAt: null });
    return this.happened('ended', subscription);
  }

  /** Other things are paid for from now on. */
  change(subscription: Subscription, items: Item[]): Happening {
    this.running(subscription);
    subscription.items = items;
    return this.happened('changed', subscription, this.invoice(subscription, 'change', 'paid'));
  }

  /** Another card pays; where a payment had failed, it is tried with that one. */
  changeCard(subscription: Subscription): Happening[] {
    this.running(subscription);
    subscription.card = subscription.card === '4242' ? '4444' : '4242';
    const changed = this.happened('card_changed', subscription);
    return subscription.standing === 'past_due' ? [changed, this.recover(subscription)] : [changed];
  }

  /** Time is moved: the end of the period, and with it the end of one that is to end. */
  move(subscription: Subscription, periodEnd: Date): Happening {
    this.running(subscription);
    subscription.periodEnd = periodEnd;
    if (subscription.endsAt !== null) subscription.endsAt = periodEnd;
    if (subscription.trialEnd !== null) subscription.trialEnd = periodEnd;
    return this.happened('moved', subscription);
  }

  /** The newest payment is given back. The subscription goes on: to end it is another step. */
  refund(subscription: Subscription): Happening {
    const paid = this.books.invoicesOf(subscription.id).findLast((invoice) => invoice.status === 'paid');
    if (!paid) throw new NotPossible('Nothing was paid that could be given back.');
    Object.assign(paid, { status: 'refunded', updatedAt: this.books.now() });
    return { kind: 'refunded', subscription, invoice: paid };
  }

  private running(subscription: Subscription): void {
    if (subscription.standing === 'ended') throw new NotPossible('This subscription has ended.');
  }

  private happened(kind: HappeningKind, subscription: Subscription, invoice: Invoice | null = null): Happening {
    subscription.updatedAt = this.books.now();
    return { kind, subscription, invoice };
  }

  private openInvoice(subscription: Subscription): Invoice | undefined {
    return this.books.invoicesOf(subscription.id).findLast((invoice) => invoice.status === 'open');
  }

  private invoice(subscription: Subscription, reason: Invoice['reason'], status: Invoice['status']): Invoice {
    const now = this.books.now();
    // The transaction of Paddle's checkout is the first invoice of what was bought by it.
    const id =
      subscription.merchant === 'paddle' && reason === 'checkout'
        ? subscription.checkoutId
        : this.newId(subscription.merchant, 'txn');
    return this.books.addInvoice({
      id,
      number: this.books.nextNumber(),
      subscriptionId: subscription.id,
      ...this.books.total(subscription.items),
      status,
      reason,
      createdAt: now,
      updatedAt: now,
    });
  }

  private buyer(checkout: Checkout, now: Date): Customer {
    const { merchant, customerId, externalCustomerId: externalId } = checkout;
    const known =
      this.books.customer(merchant, customerId ?? undefined) ??
      (externalId === null ? undefined : this.books.customerByExternalId(merchant, externalId));
    if (known) return known;
    const id = this.newId(merchant, 'ctm');
    const customer = { merchant, id, externalId, email: 'buyer@example.com', createdAt: now };
    this.books.customers.set(id, customer);
    return customer;
  }
}

/** Paddle and Lemon Squeezy sell all of it; Polar sells the one that the buyer chose, the first unless told. */
function boughtItems({ merchant, items }: Checkout, chosen: string | undefined): Item[] {
  if (merchant !== 'polar') return items;
  const one = items.find(({ price }) => price === chosen) ?? items[0];
  return one ? [one] : [];
}

function monthAfter(date: Date): Date {
  const after = new Date(date);
  after.setUTCMonth(after.getUTCMonth() + 1);
  // The 31st of January has no like in February: its last day it is, as at every merchant.
  if (after.getUTCDate() !== date.getUTCDate()) after.setUTCDate(0);
  return after;
}

/** Custom data with text alone in it, as Lemon Squeezy gives it back. */
export function asTexts(data: Obj): Obj {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, textOf(value)]));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
