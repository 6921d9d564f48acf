import { createHmac } from 'node:crypto';
import { type MerchantSample, personalFields } from './sample.js';

const ids = {
  reference: '6f1c1b0e-0000-4000-8000-000000000001',
  customer: '6f1c1b0e-0000-4000-8000-000000000002',
  price: '6f1c1b0e-0000-4000-8000-000000000003',
};
const path = `/v1/subscriptions/${ids.reference}`;
const standard = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3';

const subscription: MerchantSample['subscription'] = (state) => {
  const ended = state.status === 'canceled';
  return {
    id: state.reference,
    created_at: '2026-01-01T00:00:00Z',
    modified_at: state.changedAt,
    status: state.status,
    amount: 4_900,
    currency: 'eur',
    current_period_start: state.changedAt,
    current_period_end: state.renewsAt,
    cancel_at_period_end: state.endsAt !== null && !ended,
    canceled_at: state.endsAt === null ? null : state.changedAt,
    ends_at: state.endsAt,
    ended_at: ended ? state.endsAt : null,
    customer_id: state.customer,
    product_id: state.price,
    checkout_id: null,
    metadata: state.custom,
    ...personalFields,
  };
};
const concerning = (reference: string) => ({ id: 'o-1', subscription_id: reference, ...personalFields });
const apart = { id: 'o-1', ...personalFields };

export const polarSample: MerchantSample = {
  name: 'polar',
  ids,
  secrets: ['polar_whs_test', standard],
  sign(body, secret, at) {
    const ts = String(Math.floor(at.getTime() / 1_000));
    const key = secret === standard ? Buffer.from(secret.slice(6), 'base64') : secret;
    const signature = createHmac('sha256', key).update(`msg_1.${ts}.`).update(body).digest('base64');
    return { 'webhook-id': 'msg_1', 'webhook-timestamp': ts, 'webhook-signature': `v1,${signature}` };
  },
  signsTime: true,
  statuses: {
    trialing: 'TRIALING',
    active: 'ACTIVE',
    past_due: 'PAST_DUE',
    canceled: 'CANCELED',
    unpaid: 'PAST_DUE',
    paused: 'PAUSED',
  },
  subscription,
  event: (kind, data, state) => Buffer.from(JSON.stringify({ type: kind, timestamp: state.changedAt, data })),
  states: [
    ...['created', 'active', 'updated', 'canceled', 'uncanceled', 'revoked', 'past_due', 'paused', 'resumed', 'cycled'],
  ].map((change) => `subscription.${change}`),
  concerning: {
    'order.created': concerning,
    'order.paid': concerning,
    'order.updated': concerning,
    'order.refunded': concerning,
    'refund.created': concerning,
    'refund.updated': concerning,
    'subscription.hologram': (reference) => ({ id: reference }),
  },
  others: {
    'checkout.created': { ...apart, subscription_id: null },
    'checkout.updated': apart,
    'checkout.expired': apart,
    'order.created': { ...apart, subscription_id: null },
    'customer.created': apart,
    'customer.state_changed': { ...apart, active_subscriptions: [{ id: ids.reference }] },
    'benefit_grant.created': { ...apart, subscription_id: ids.reference },
    'product.updated': apart,
    'organization.updated': apart,
    'hologram.seen': null,
  },
  answers: {
    subscription,
    checkout: (url) => ({ id: '6f1c1b0e-0000-4000-8000-000000000009', url, status: 'open' }),
    portal: (url) => ({ id: 's-1', token: 'polar_cst_1', customer_portal_url: url }),
  },
  calls: {
    checkout: {
      method: 'POST',
      path: '/v1/checkouts/',
      body: {
        products: [ids.price],
        external_customer_id: 'w1',
        metadata: { workspace_id: 'w1', signature: 'abc' },
        success_url: 'https://inbox.example/settings/billing',
      },
    },
    change: { method: 'PATCH', path, body: { product_id: ids.price, proration_behavior: 'invoice' } },
    portal: { method: 'POST', path: '/v1/customer-sessions/' },
    cancelNow: { method: 'DELETE', path },
    cancelLater: { method: 'PATCH', path, body: { cancel_at_period_end: true } },
    fetch: { method: 'GET', path },
  },
  endedAlready: { status: 403, body: { error: 'AlreadyCanceledSubscription', detail: 'PROVIDER TEXT' } },
  endsAtOnce: true,
  holdsSeveral: false,
};
