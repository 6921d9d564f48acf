import { randomUUID } from 'node:crypto';
import type { Obj } from '../../json.ts';
import type { Books } from '../books.ts';
import { LEMON_SQUEEZY_STORE } from '../credentials.ts';
import type { Checkout, Invoice, Subscription } from '../model.ts';
import type { PortalLinks } from '../portal-links.ts';

/** A moment as Lemon Squeezy writes it: whole seconds, so that two changes may say the same time. */
export function lemonSqueezyTime(date: Date): string {
  return `${date.toISOString().slice(0, 19)}.000000Z`;
}

const maybe = (date: Date | null): string | null => (date === null ? null : lemonSqueezyTime(date));
/** Ids are numbers at Lemon Squeezy; a variant of another kind stays as it was given. */
const idOf = (id: string): number | string => (/^\d{1,15}$/.test(id) ? Number(id) : id);
const STORE = Number(LEMON_SQUEEZY_STORE);
const WORDS: Record<string, string> = {
  on_trial: 'On Trial',
  active: 'Active',
  paused: 'Paused',
  past_due: 'Past Due',
  cancelled: 'Cancelled',
  expired: 'Expired',
};

/** The status in Lemon Squeezy's words: one that is to end is cancelled at once, and expired when it has ended. */
export function lemonSqueezyStatus({ standing, endsAt }: Subscription): string {
  if (standing === 'ended') return 'expired';
  if (endsAt !== null) return 'cancelled';
  return standing === 'trialing' ? 'on_trial' : standing;
}

/** A subscription as JSON:API has it. */
export function lemonSqueezySubscription(books: Books, links: PortalLinks, subscription: Subscription): Obj {
  const status = lemonSqueezyStatus(subscription);
  const variant = subscription.items[0]?.price ?? '';
  const portal = links.to('lemonsqueezy', subscription.customerId);
  return {
    type: 'subscriptions',
    id: subscription.id,
    attributes: {
      store_id: STORE,
      customer_id: idOf(subscription.customerId),
      order_id: orderNumber(books, subscription),
      order_item_id: orderNumber(books, subscription) + 1,
      product_id: idOf(variant),
      variant_id: idOf(variant),
      product_name: books.price(variant).name,
      variant_name: 'Default',
      user_name: 'Pretend Buyer',
      user_email: books.customers.get(subscription.customerId)?.email ?? null,
      status,
      status_formatted: WORDS[status],
      card_brand: 'visa',
      card_last_four: subscription.card,
      payment_processor: 'stripe',
      pause: subscription.standing === 'paused' ? { mode: 'void', resumes_at: null } : null,
      cancelled: status === 'cancelled' || status === 'expired',
      trial_ends_at: maybe(subscription.trialEnd),
      billing_anchor: subscription.createdAt.getUTCDate(),
      first_subscription_item: {
        id: Number(subscription.id) + 1,
        subscription_id: Number(subscription.id),
        price_id: idOf(variant),
        quantity: subscription.items[0]?.quantity ?? 1,
        is_usage_based: false,
        created_at: lemonSqueezyTime(subscription.createdAt),
        updated_at: lemonSqueezyTime(subscription.updatedAt),
      },
      urls: {
        update_payment_method: portal,
        customer_portal: portal,
        customer_portal_update_subscription: portal,
      },
      renews_at: lemonSqueezyTime(subscription.periodEnd),
      ends_at: maybe(subscription.endsAt),
      created_at: lemonSqueezyTime(subscription.createdAt),
      updated_at: lemonSqueezyTime(subscription.updatedAt),
      test_mode: true,
    },
    links: { self: `https://api.lemonsqueezy.com/v1/subscriptions/${subscription.id}` },
  };
}

/** One payment for a subscription. */
export function lemonSqueezyInvoice(books: Books, subscription: Subscription, invoice: Invoice): Obj {
  const { amount, status } = invoice;
  const reasons = { checkout: 'initial', renewal: 'renewal', change: 'updated' };
  return {
    type: 'subscription-invoices',
    id: invoice.id,
    attributes: {
      store_id: STORE,
      subscription_id: Number(subscription.id),
      customer_id: idOf(subscription.customerId),
      user_name: 'Pretend Buyer',
      user_email: books.customers.get(subscription.customerId)?.email ?? null,
      billing_reason: reasons[invoice.reason],
      card_brand: 'visa',
      card_last_four: subscription.card,
      currency: invoice.currency,
      currency_rate: '1.00000000',
      status: status === 'open' ? 'pending' : status,
      status_formatted: status === 'open' ? 'Pending' : status === 'paid' ? 'Paid' : 'Refunded',
      refunded: status === 'refunded',
      refunded_at: status === 'refunded' ? lemonSqueezyTime(invoice.updatedAt) : null,
      subtotal: amount,
      discount_total: 0,
      tax: 0,
      tax_inclusive: false,
      total: amount,
      refunded_amount: status === 'refunded' ? amount : 0,
      urls: { invoice_url: null },
      created_at: lemonSqueezyTime(invoice.createdAt),
      updated_at: lemonSqueezyTime(invoice.updatedAt),
      test_mode: true,
    },
  };
}

/** The order that a checkout became. */
export function lemonSqueezyOrder(books: Books, subscription: Subscription): Obj {
  const number = orderNumber(books, subscription);
  const { amount, currency } = books.total(subscription.items);
  const variant = subscription.items[0]?.price ?? '';
  return {
    type: 'orders',
    id: String(number),
    attributes: {
      store_id: STORE,
      customer_id: idOf(subscription.customerId),
      identifier: subscription.checkoutId,
      order_number: number,
      user_name: 'Pretend Buyer',
      user_email: books.customers.get(subscription.customerId)?.email ?? null,
      currency,
      status: 'paid',
      refunded: false,
      refunded_at: null,
      subtotal: amount,
      tax: 0,
      total: amount,
      first_order_item: {
        id: number + 1,
        order_id: number,
        product_id: idOf(variant),
        variant_id: idOf(variant),
        product_name: books.price(variant).name,
        variant_name: 'Default',
        price: amount,
      },
      urls: { receipt: null },
      created_at: lemonSqueezyTime(subscription.createdAt),
      updated_at: lemonSqueezyTime(subscription.createdAt),
      test_mode: true,
    },
  };
}

/** A checkout that was opened. */
export function lemonSqueezyCheckout(checkout: Checkout, url: string): Obj {
  const variant = checkout.items[0]?.price ?? '';
  return {
    type: 'checkouts',
    id: checkout.id,
    attributes: {
      store_id: STORE,
      variant_id: idOf(variant),
      custom_price: null,
      product_options: { redirect_url: checkout.returnUrl ?? '', enabled_variants: [] },
      checkout_options: { embed: false, media: true, logo: true, discount: true },
      checkout_data: { email: '', name: '', custom: checkout.customData },
      preview: null,
      expires_at: null,
      created_at: lemonSqueezyTime(checkout.createdAt),
      updated_at: lemonSqueezyTime(checkout.createdAt),
      test_mode: true,
      url,
    },
  };
}

/** Checkouts alone have ids that are no numbers. */
export const checkoutId = (): string => randomUUID();

function orderNumber(books: Books, subscription: Subscription): number {
  return books.invoicesOf(subscription.id)[0]?.number ?? Number(subscription.id);
}
