import { createHmac } from 'node:crypto';
import { type MerchantSample, personalFields } from './sample.js';

const ids = { reference: '51001', customer: '2', price: '1002' };
const path = `/v1/subscriptions/${ids.reference}`;

const subscription: MerchantSample['subscription'] = (state) => ({
  type: 'subscriptions',
  id: state.reference,
  attributes: {
    store_id: 1,
    customer_id: Number(state.customer),
    order_id: 3,
    product_id: 4,
    variant_id: Number(state.price),
    status: state.status,
    cancelled: state.endsAt !== null,
    renews_at: state.renewsAt,
    ends_at: state.endsAt,
    trial_ends_at: state.status === 'on_trial' ? state.renewsAt : null,
    urls: { customer_portal: 'https://shop.example/billing?signature=1' },
    created_at: '2026-01-01T00:00:00.000000Z',
    updated_at: state.changedAt,
    ...personalFields,
  },
});
const invoice = (reference: string) => ({
  type: 'subscription-invoices',
  id: '9',
  attributes: { subscription_id: Number(reference), ...personalFields, updated_at: '2026-09-22T12:00:00.000000Z' },
});

export const lemonSqueezySample: MerchantSample = {
  name: 'lemonsqueezy',
  ids,
  secrets: ['ls-test-secret'],
  sign: (body, secret) => ({ 'x-signature': createHmac('sha256', secret).update(body).digest('hex') }),
  signsTime: false,
  statuses: {
    on_trial: 'TRIALING',
    active: 'ACTIVE',
    paused: 'PAUSED',
    past_due: 'PAST_DUE',
    unpaid: 'PAST_DUE',
    cancelled: 'CANCELED',
    expired: 'CANCELED',
  },
  subscription,
  event: (kind, data, state) =>
    Buffer.from(JSON.stringify({ meta: { event_name: kind, custom_data: state.custom, test_mode: true }, data })),
  states: ['created', 'updated', 'cancelled', 'resumed', 'expired', 'paused', 'unpaused'].map(
    (change) => `subscription_${change}`,
  ),
  concerning: {
    ...Object.fromEntries(
      ['success', 'failed', 'recovered', 'refunded'].map((what) => [`subscription_payment_${what}`, invoice]),
    ),
    subscription_hologram: (reference) => ({ type: 'subscriptions', id: reference, attributes: {} }),
  },
  others: {
    order_created: { type: 'orders', id: '3', attributes: { ...personalFields } },
    order_refunded: { type: 'orders', id: '3', attributes: { ...personalFields } },
    license_key_created: { type: 'license-keys', id: '7', attributes: {} },
    license_key_updated: { type: 'license-keys', id: '7', attributes: {} },
    hologram_seen: null,
  },
  answers: {
    subscription: (state) => ({ data: subscription(state) }),
    checkout: (url) => ({ data: { type: 'checkouts', id: 'c0ffee', attributes: { url } } }),
    portal: (url) => ({ data: { type: 'subscriptions', id: '51001', attributes: { urls: { customer_portal: url } } } }),
  },
  calls: {
    checkout: {
      method: 'POST',
      path: '/v1/checkouts',
      body: {
        data: {
          type: 'checkouts',
          attributes: {
            product_options: {
              redirect_url: 'https://inbox.example/settings/billing',
              enabled_variants: [Number(ids.price)],
            },
            checkout_data: { custom: { workspace_id: 'w1', signature: 'abc' } },
          },
          relationships: {
            store: { data: { type: 'stores', id: '1' } },
            variant: { data: { type: 'variants', id: ids.price } },
          },
        },
      },
    },
    change: {
      method: 'PATCH',
      path,
      body: {
        data: {
          type: 'subscriptions',
          id: ids.reference,
          attributes: { variant_id: Number(ids.price), invoice_immediately: true },
        },
      },
    },
    portal: { method: 'GET', path },
    cancelNow: { method: 'DELETE', path },
    cancelLater: { method: 'DELETE', path, body: null },
    fetch: { method: 'GET', path },
  },
  endedAlready: { status: 422, body: { errors: [{ status: '422', title: 'PROVIDER TEXT' }] } },
  endsAtOnce: false,
  holdsSeveral: false,
};
