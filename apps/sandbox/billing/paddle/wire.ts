import { compact, type Obj } from '../../json.ts';
import type { Books } from '../books.ts';
import type { Checkout, Invoice, Item, Subscription } from '../model.ts';

/** A moment as Paddle writes it. */
export function paddleTime(date: Date): string {
  return date.toISOString().replace('Z', '000Z');
}

const maybe = (date: Date | null): string | null => (date === null ? null : paddleTime(date));
const MONTHLY = { interval: 'month', frequency: 1 };

/** A subscription as an event carries it. */
export function paddleSubscription(books: Books, subscription: Subscription): Obj {
  const { standing, endsAt, items } = subscription;
  const ended = standing === 'ended';
  const stands = ended || standing === 'paused';
  const nextBilledAt = stands || endsAt !== null ? null : paddleTime(subscription.periodEnd);
  return {
    id: subscription.id,
    status: ended ? 'canceled' : standing,
    customer_id: subscription.customerId,
    address_id: `add_${subscription.id.slice(4)}`,
    business_id: null,
    currency_code: books.total(items).currency,
    created_at: paddleTime(subscription.createdAt),
    updated_at: paddleTime(subscription.updatedAt),
    started_at: paddleTime(subscription.createdAt),
    first_billed_at: paddleTime(subscription.trialEnd ?? subscription.createdAt),
    next_billed_at: nextBilledAt,
    paused_at: maybe(subscription.pausedAt),
    canceled_at: maybe(subscription.endedAt),
    discount: null,
    collection_mode: 'automatic',
    billing_details: null,
    current_billing_period: stands
      ? null
      : { starts_at: paddleTime(subscription.periodStart), ends_at: paddleTime(subscription.periodEnd) },
    billing_cycle: MONTHLY,
    scheduled_change:
      endsAt === null || ended ? null : { action: 'cancel', effective_at: paddleTime(endsAt), resume_at: null },
    items: items.map((item) => paddleItem(books, subscription, item, nextBilledAt)),
    custom_data: Object.keys(subscription.customData).length === 0 ? null : subscription.customData,
    import_meta: null,
  };
}

/** The payment by which something was bought, or a later one. */
export function paddleTransaction(
  books: Books,
  of: { checkout: Checkout; subscription: Subscription | null; invoice: Invoice | null; url: string | null },
): Obj {
  const { checkout, subscription, invoice, url } = of;
  const items = subscription?.items ?? checkout.items;
  const { amount, currency } = invoice ?? books.total(items);
  const paid = invoice !== null && invoice.status !== 'open';
  const at = invoice?.updatedAt ?? checkout.createdAt;
  const totals = { subtotal: String(amount), discount: '0', tax: '0', total: String(amount) };
  return {
    id: invoice?.id ?? checkout.id,
    status: paid ? 'completed' : invoice === null ? 'ready' : 'past_due',
    customer_id: subscription?.customerId ?? checkout.customerId,
    address_id: subscription === null ? null : `add_${subscription.id.slice(4)}`,
    business_id: null,
    custom_data: Object.keys(checkout.customData).length === 0 ? null : checkout.customData,
    currency_code: currency,
    origin: invoice === null || invoice.reason === 'checkout' ? 'api' : ORIGINS[invoice.reason],
    subscription_id: subscription?.id ?? null,
    invoice_id: paid ? `inv_${invoice.id.slice(4)}` : null,
    invoice_number: paid ? `325-${invoice.number}` : null,
    collection_mode: 'automatic',
    discount_id: null,
    billing_details: null,
    billing_period:
      subscription === null
        ? null
        : { starts_at: paddleTime(subscription.periodStart), ends_at: paddleTime(subscription.periodEnd) },
    items: items.map((item) => ({ price: paddlePrice(books, item.price), quantity: item.quantity, proration: null })),
    details: {
      tax_rates_used: [{ tax_rate: '0', totals }],
      totals: {
        ...totals,
        credit: '0',
        credit_to_balance: '0',
        balance: paid ? '0' : String(amount),
        grand_total: String(amount),
        grand_total_tax: '0',
        fee: null,
        earnings: null,
        currency_code: currency,
      },
      adjusted_totals: null,
      payout_totals: null,
      adjusted_payout_totals: null,
      line_items: items.map((item) => lineItem(books, item)),
    },
    // No card stands here: what it could hold is for the product never to take over, and its own tests bring that along.
    payments: [],
    checkout: { url },
    created_at: paddleTime(invoice?.createdAt ?? checkout.createdAt),
    updated_at: paddleTime(at),
    billed_at: paid ? paddleTime(at) : null,
    revised_at: null,
  };
}

const ORIGINS = { renewal: 'subscription_recurring', change: 'subscription_update' };

/** A refund of a payment. */
export function paddleAdjustment(subscription: Subscription, invoice: Invoice, status: string): Obj {
  const total = String(invoice.amount);
  return {
    id: `adj_${invoice.id.slice(4)}`,
    action: 'refund',
    type: 'full',
    transaction_id: invoice.id,
    subscription_id: subscription.id,
    customer_id: subscription.customerId,
    reason: 'requested_by_customer',
    credit_applied_to_balance: null,
    currency_code: invoice.currency,
    status,
    items: [],
    totals: { subtotal: total, tax: '0', total, fee: '0', earnings: '0', currency_code: invoice.currency },
    payout_totals: null,
    created_at: paddleTime(invoice.updatedAt),
    updated_at: paddleTime(invoice.updatedAt),
  };
}

function paddleItem(books: Books, subscription: Subscription, item: Item, nextBilledAt: string | null): Obj {
  const trial = subscription.standing === 'trialing' ? subscription.trialEnd : null;
  return {
    status: trial === null ? 'active' : 'trialing',
    quantity: item.quantity,
    recurring: true,
    created_at: paddleTime(subscription.createdAt),
    updated_at: paddleTime(subscription.updatedAt),
    previously_billed_at: paddleTime(subscription.periodStart),
    next_billed_at: nextBilledAt,
    trial_dates: trial === null ? null : { starts_at: paddleTime(subscription.createdAt), ends_at: paddleTime(trial) },
    price: paddlePrice(books, item.price),
    product: paddleProduct(books, item.price),
  };
}

function paddlePrice(books: Books, id: string): Obj {
  const { name, amount, currency } = books.price(id);
  return {
    id,
    product_id: productId(id),
    description: name,
    type: 'standard',
    name,
    billing_cycle: MONTHLY,
    trial_period: null,
    tax_mode: 'account_setting',
    unit_price: { amount: String(amount), currency_code: currency },
    unit_price_overrides: [],
    quantity: { minimum: 1, maximum: 1_000 },
    status: 'active',
    custom_data: null,
    import_meta: null,
    created_at: LONG_AGO,
    updated_at: LONG_AGO,
  };
}

function paddleProduct(books: Books, priceId: string): Obj {
  return {
    id: productId(priceId),
    name: books.price(priceId).name,
    type: 'standard',
    description: null,
    tax_category: 'saas',
    image_url: null,
    custom_data: null,
    status: 'active',
    import_meta: null,
    created_at: LONG_AGO,
    updated_at: LONG_AGO,
  };
}

function lineItem(books: Books, { price, quantity }: Item): Obj {
  const { amount } = books.price(price);
  const totals = (cents: number) => ({ subtotal: String(cents), discount: '0', tax: '0', total: String(cents) });
  return compact({
    id: `txnitm_${price}`,
    price_id: price,
    quantity,
    proration: null,
    tax_rate: '0',
    unit_totals: totals(amount),
    totals: totals(amount * quantity),
    product: paddleProduct(books, price),
  });
}

const productId = (priceId: string): string => `pro_${priceId.replace(/^pri_/, '')}`;
const LONG_AGO = '2026-01-01T00:00:00.000000Z';
