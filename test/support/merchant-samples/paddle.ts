import { createHmac } from 'node:crypto';
import { type MerchantSample, personalFields } from './sample.js';

const ids = { reference: 'sub_01h', customer: 'ctm_01h', price: 'pri_team' };
const path = `/subscriptions/${ids.reference}`;

const subscription: MerchantSample['subscription'] = (state) => ({
  id: state.reference,
  status: state.status,
  customer_id: state.customer,
  currency_code: 'EUR',
  next_billed_at: state.endsAt === null ? state.renewsAt : null,
  paused_at: null,
  canceled_at: state.status === 'canceled' ? state.endsAt : null,
  updated_at: state.changedAt,
  current_billing_period: { starts_at: state.changedAt, ends_at: state.renewsAt },
  billing_cycle: { interval: 'month', frequency: 1 },
  scheduled_change:
    state.endsAt === null || state.status === 'canceled'
      ? null
      : { action: 'cancel', effective_at: state.endsAt, resume_at: null },
  items: [{ price: { id: state.price, product_id: 'pro_1' }, quantity: 1, status: 'active' }],
  custom_data: state.custom,
  ...personalFields,
});

export const paddleSample: MerchantSample = {
  name: 'paddle',
  ids,
  secrets: ['pdl_ntfset_test_secret'],
  sign(body, secret, at) {
    const ts = String(Math.floor(at.getTime() / 1_000));
    const hex = createHmac('sha256', secret).update(`${ts}:`).update(body).digest('hex');
    return { 'paddle-signature': `ts=${ts};h1=${hex}` };
  },
  signsTime: true,
  statuses: { active: 'ACTIVE', trialing: 'TRIALING', past_due: 'PAST_DUE', paused: 'PAUSED', canceled: 'CANCELED' },
  subscription,
  event: (kind, data, state) =>
    Buffer.from(
      JSON.stringify({
        event_id: `evt_${kind.replaceAll('.', '_')}`,
        event_type: kind,
        occurred_at: state.changedAt,
        notification_id: 'ntf_01h',
        data,
      }),
    ),
  states: [
    ...['created', 'activated', 'trialing', 'updated', 'past_due', 'paused', 'resumed', 'canceled', 'imported'],
  ].map((change) => `subscription.${change}`),
  concerning: {
    ...Object.fromEntries(
      [
        'created',
        'ready',
        'billed',
        'paid',
        'completed',
        'updated',
        'past_due',
        'payment_failed',
        'canceled',
        'revised',
      ]
        .map((change) => `transaction.${change}`)
        .concat('adjustment.created', 'adjustment.updated')
        .map((kind) => [kind, (reference: string) => ({ id: 'x_1', subscription_id: reference, ...personalFields })]),
    ),
    'subscription.hologram': (reference) => ({ id: reference }),
  },
  others: {
    'transaction.ready': { id: 'txn_1', subscription_id: null },
    'customer.updated': { id: ids.customer, ...personalFields },
    'payment_method.saved': { id: 'paymtd_1', ...personalFields },
    'payment_method.deleted': { id: 'paymtd_1' },
    'hologram.seen': { id: ids.reference },
  },
  answers: {
    subscription: (state) => ({ data: subscription(state), meta: { request_id: 'req_1' } }),
    checkout: (url) => ({ data: { id: 'txn_01h', status: 'ready', checkout: { url } } }),
    portal: (url) => ({ data: { id: 'cpls_1', urls: { general: { overview: url }, subscriptions: [] } } }),
  },
  calls: {
    checkout: {
      method: 'POST',
      path: '/transactions',
      body: {
        items: [{ price_id: ids.price, quantity: 1 }],
        custom_data: { workspace_id: 'w1', signature: 'abc' },
        collection_mode: 'automatic',
      },
    },
    change: {
      method: 'PATCH',
      path,
      body: {
        items: [{ price_id: ids.price, quantity: 1 }],
        proration_billing_mode: 'prorated_immediately',
        on_payment_failure: 'prevent_change',
      },
    },
    portal: { method: 'POST', path: `/customers/${ids.customer}/portal-sessions` },
    cancelNow: { method: 'POST', path: `${path}/cancel` },
    cancelLater: { method: 'POST', path: `${path}/cancel`, body: { effective_from: 'next_billing_period' } },
    fetch: { method: 'GET', path },
  },
  endedAlready: {
    status: 400,
    body: { error: { type: 'request_error', code: 'subscription_update_when_canceled', detail: 'PROVIDER TEXT' } },
  },
  endsAtOnce: true,
  holdsSeveral: true,
};
