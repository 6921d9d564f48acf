import type { Obj } from '../../json.ts';
import type { Books } from '../books.ts';
import { POLAR_ORGANIZATION } from '../credentials.ts';
import { polarId } from '../ids.ts';
import type { Checkout, Customer, Invoice, Subscription } from '../model.ts';

/** A moment as Polar writes it. */
export function polarTime(date: Date): string {
  return date.toISOString().replace('Z', '000Z');
}

const maybe = (date: Date | null): string | null => (date === null ? null : polarTime(date));
const LONG_AGO = '2026-01-01T00:00:00.000000Z';
const HOUR_MS = 3_600_000;

/** A subscription as Polar's API and events have it. */
export function polarSubscription(books: Books, subscription: Subscription): Obj {
  const { standing } = subscription;
  const ended = standing === 'ended';
  const product = subscription.items[0]?.price ?? '';
  const { amount, currency } = books.total(subscription.items);
  return {
    created_at: polarTime(subscription.createdAt),
    modified_at: polarTime(subscription.updatedAt),
    id: subscription.id,
    amount,
    currency: currency.toLowerCase(),
    recurring_interval: 'month',
    recurring_interval_count: 1,
    status: ended ? 'canceled' : standing,
    current_period_start: polarTime(subscription.periodStart),
    current_period_end: polarTime(subscription.periodEnd),
    current_meter_period_start: null,
    current_meter_period_end: null,
    trial_start: subscription.trialEnd === null ? null : polarTime(subscription.createdAt),
    trial_end: maybe(subscription.trialEnd),
    cancel_at_period_end: !ended && subscription.endsAt !== null,
    canceled_at: maybe(subscription.canceledAt),
    started_at: polarTime(subscription.createdAt),
    ends_at: maybe(subscription.endsAt),
    ended_at: maybe(subscription.endedAt),
    past_due_at: standing === 'past_due' ? polarTime(subscription.updatedAt) : null,
    pause_at_period_end: false,
    paused_at: maybe(subscription.pausedAt),
    resumes_at: null,
    customer_id: subscription.customerId,
    product_id: product,
    discount_id: null,
    checkout_id: subscription.checkoutId,
    seats: null,
    units: null,
    customer_cancellation_reason: null,
    customer_cancellation_comment: null,
    metadata: subscription.customData,
    custom_field_data: {},
    customer: customerOf(books, subscription.customerId),
    product: polarProduct(books, product),
    discount: null,
    prices: [polarPrice(books, product)],
    meters: [],
    pending_update: null,
  };
}

/** A checkout, open or paid. */
export function polarCheckout(books: Books, checkout: Checkout, url: string): Obj {
  const paid = books.subscriptions.get(checkout.subscriptionId ?? '');
  const product = paid?.items[0]?.price ?? checkout.items[0]?.price ?? '';
  const { amount, currency } = books.price(product);
  return {
    id: checkout.id,
    created_at: polarTime(checkout.createdAt),
    modified_at: paid ? polarTime(paid.createdAt) : null,
    custom_field_data: {},
    payment_processor: 'stripe',
    status: paid ? 'succeeded' : 'open',
    client_secret: `polar_c_${checkout.id.replaceAll('-', '')}`,
    url,
    expires_at: polarTime(new Date(checkout.createdAt.getTime() + HOUR_MS)),
    success_url: checkout.returnUrl ?? url,
    return_url: checkout.backUrl,
    embed_origin: null,
    amount,
    seats: null,
    units: null,
    min_units: null,
    max_units: null,
    discount_amount: 0,
    net_amount: amount,
    tax_amount: 0,
    tax_behavior: null,
    total_amount: amount,
    currency: currency.toLowerCase(),
    allow_trial: true,
    active_trial_interval: null,
    active_trial_interval_count: null,
    trial_end: null,
    organization_id: POLAR_ORGANIZATION,
    product_id: product,
    product_price_id: `price-${product}`,
    discount_id: null,
    allow_discount_codes: false,
    require_billing_address: false,
    is_discount_applicable: false,
    is_free_product_price: amount === 0,
    is_payment_required: amount > 0,
    is_payment_setup_required: true,
    is_payment_form_required: true,
    customer_id: paid?.customerId ?? checkout.customerId,
    is_business_customer: false,
    customer_name: null,
    customer_email: null,
    customer_ip_address: null,
    customer_billing_name: null,
    customer_billing_address: null,
    customer_tax_id: null,
    locale: null,
    payment_method_type: null,
    payment_processor_metadata: {},
    billing_address_fields: ADDRESS_FIELDS,
    trial_interval: null,
    trial_interval_count: null,
    metadata: checkout.customData,
    external_customer_id: checkout.externalCustomerId,
    products: checkout.items.map(({ price }) => polarProduct(books, price)),
    product: polarProduct(books, product),
    product_price: polarPrice(books, product),
    prices: Object.fromEntries(checkout.items.map(({ price }) => [price, [polarPrice(books, price)]])),
    discount: null,
    subscription_id: paid?.id ?? null,
    attached_custom_fields: [],
    customer_metadata: {},
  };
}

/** What was paid, or is to be paid, at one time. */
export function polarOrder(books: Books, subscription: Subscription, invoice: Invoice): Obj {
  const { amount, status } = invoice;
  const product = subscription.items[0]?.price ?? '';
  const reasons = { checkout: 'subscription_create', renewal: 'subscription_cycle', change: 'subscription_update' };
  const back = status === 'refunded' ? amount : 0;
  return {
    id: invoice.id,
    created_at: polarTime(invoice.createdAt),
    modified_at: polarTime(invoice.updatedAt),
    status: status === 'open' ? 'pending' : status,
    paid: status !== 'open',
    subtotal_amount: amount,
    discount_amount: 0,
    net_amount: amount,
    tax_amount: 0,
    total_amount: amount,
    applied_balance_amount: 0,
    due_amount: status === 'open' ? amount : 0,
    refunded_amount: back,
    refunded_tax_amount: 0,
    currency: invoice.currency.toLowerCase(),
    billing_reason: reasons[invoice.reason],
    billing_name: null,
    billing_address: null,
    invoice_number: `SANDBOX-${invoice.number}`,
    is_invoice_generated: false,
    receipt_number: null,
    seats: null,
    units: null,
    customer_id: subscription.customerId,
    product_id: product,
    discount_id: null,
    subscription_id: subscription.id,
    checkout_id: invoice.reason === 'checkout' ? subscription.checkoutId : null,
    next_payment_attempt_at: null,
    metadata: subscription.customData,
    custom_field_data: {},
    platform_fee_amount: 0,
    platform_fee_currency: null,
    customer: customerOf(books, subscription.customerId),
    product: polarProduct(books, product),
    discount: null,
    subscription: polarSubscription(books, subscription),
    items: [
      {
        created_at: polarTime(invoice.createdAt),
        modified_at: null,
        id: invoice.id,
        label: books.price(product).name,
        amount,
        tax_amount: 0,
        proration: invoice.reason === 'change',
        product_price_id: `price-${product}`,
        start_timestamp: polarTime(subscription.periodStart),
        end_timestamp: polarTime(subscription.periodEnd),
      },
    ],
    description: books.price(product).name,
    refundable_amount: status === 'paid' ? amount : 0,
    refundable_tax_amount: 0,
  };
}

/** What was given back. */
export function polarRefund(subscription: Subscription, invoice: Invoice): Obj {
  return {
    created_at: polarTime(invoice.updatedAt),
    modified_at: null,
    id: polarId(),
    metadata: {},
    status: 'succeeded',
    reason: 'customer_request',
    amount: invoice.amount,
    tax_amount: 0,
    currency: invoice.currency.toLowerCase(),
    organization_id: POLAR_ORGANIZATION,
    order_id: invoice.id,
    subscription_id: subscription.id,
    customer_id: subscription.customerId,
    revoke_benefits: false,
    dispute: null,
  };
}

/** Who pays. */
export function polarCustomer(customer: Customer): Obj {
  return {
    id: customer.id,
    created_at: polarTime(customer.createdAt),
    modified_at: null,
    metadata: {},
    external_id: customer.externalId,
    email: customer.email,
    email_verified: true,
    type: 'individual',
    name: 'Pretend Buyer',
    billing_name: null,
    billing_address: null,
    tax_id: null,
    locale: null,
    organization_id: POLAR_ORGANIZATION,
    default_payment_method_id: null,
    deleted_at: null,
    first_user_event_at: null,
    avatar_url: null,
  };
}

function customerOf(books: Books, id: string): Obj {
  const customer = books.customers.get(id);
  if (!customer) throw new Error(`There is no customer ${id}.`);
  return polarCustomer(customer);
}

function polarProduct(books: Books, id: string): Obj {
  return {
    id,
    created_at: LONG_AGO,
    modified_at: null,
    trial_interval: null,
    trial_interval_count: null,
    name: books.price(id).name,
    description: null,
    visibility: 'public',
    recurring_interval: 'month',
    recurring_interval_count: 1,
    meter_interval: null,
    meter_interval_count: null,
    is_recurring: true,
    is_archived: false,
    organization_id: POLAR_ORGANIZATION,
    metadata: {},
    is_deletable: false,
    prices: [polarPrice(books, id)],
    benefits: [],
    medias: [],
    attached_custom_fields: [],
  };
}

function polarPrice(books: Books, product: string): Obj {
  const { amount, currency } = books.price(product);
  return {
    created_at: LONG_AGO,
    modified_at: null,
    id: `price-${product}`,
    source: 'catalog',
    amount_type: 'fixed',
    price_currency: currency.toLowerCase(),
    tax_behavior: null,
    is_archived: false,
    product_id: product,
    price_amount: amount,
  };
}

const ADDRESS_FIELDS = {
  country: 'required',
  state: 'disabled',
  city: 'disabled',
  postal_code: 'disabled',
  line1: 'disabled',
  line2: 'disabled',
};
