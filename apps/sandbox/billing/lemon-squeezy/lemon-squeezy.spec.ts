import { createHmac } from 'node:crypto';
import { startSandbox, type RunningSandbox } from '../../server.ts';
import { call, receiver } from '../../testing.ts';

const KEY = 'sandbox-billing-key';
const SECRET = 'sandbox-billing-secret-0123456789';
const JSON_API = { authorization: `Bearer ${KEY}`, 'content-type': 'application/vnd.api+json' };

let sandbox: RunningSandbox;
let shop: Awaited<ReturnType<typeof receiver>>;
let control: (path: string, method?: string, body?: unknown) => ReturnType<typeof call>;
let ask: (path: string, method?: string, body?: unknown, headers?: Record<string, string>) => ReturnType<typeof call>;

beforeEach(async () => {
  shop = await receiver();
  sandbox = await startSandbox({ webhookUrl: shop.url });
  control = (path, method = 'GET', body) => call(`${sandbox.url}/_sandbox${path}`, method, body);
  ask = (path, method = 'GET', body, headers = JSON_API) =>
    call(`${sandbox.url}/lemonsqueezy/v1${path}`, method, body, headers);
});
afterEach(async () => {
  await sandbox.close();
  await shop.close();
});

const order = (store = '1') => ({
  data: {
    type: 'checkouts',
    attributes: {
      product_options: { redirect_url: 'https://app.example.com/done' },
      checkout_data: { custom: { workspace_id: 'w1', seats: 3 } },
    },
    relationships: {
      store: { data: { type: 'stores', id: store } },
      variant: { data: { type: 'variants', id: '500' } },
    },
  },
});

async function bought(): Promise<string> {
  const { body } = await ask('/checkouts', 'POST', order());
  return (await control('/billing/pay', 'POST', { id: body.data.id })).body.subscription.id as string;
}

test('a checkout becomes a subscription; its custom data come back as text', async () => {
  const opened = await ask('/checkouts', 'POST', order());
  expect([opened.status, opened.headers.get('content-type')]).toEqual([
    201,
    expect.stringContaining('application/vnd.api+json'),
  ]);
  expect(opened.body.data.attributes.url).toBe(`${sandbox.url}/lemonsqueezy/checkout/${opened.body.data.id}`);
  const paid = await control('/billing/pay', 'POST', { url: opened.body.data.attributes.url });
  const { body } = await ask(`/subscriptions/${paid.body.subscription.id}`);
  expect(body.data).toMatchObject({
    type: 'subscriptions',
    id: paid.body.subscription.id,
    attributes: {
      store_id: 1,
      variant_id: 500,
      status: 'active',
      cancelled: false,
      ends_at: null,
      urls: { customer_portal: expect.stringContaining('/lemonsqueezy/portal?') },
    },
  });
  expect(body.data.attributes.updated_at).toMatch(/:\d\d\.000000Z$/);
  const created = shop.received.find(({ headers }) => headers['x-event-name'] === 'subscription_created');
  expect(created?.body['meta']).toEqual({
    event_name: 'subscription_created',
    custom_data: { workspace_id: 'w1', seats: '3' },
    test_mode: true,
  });
});

test('every event is signed over its bytes, and payments name their subscription', async () => {
  const id = await bought();
  for (const step of ['renew', 'fail', 'card', 'cancel', 'keep', 'pause', 'resume', 'change', 'move', 'refund', 'end'])
    expect([
      step,
      (
        await control(`/billing/subscriptions/${id}/${step}`, 'POST', {
          prices: ['501'],
          periodEnd: '2027-01-01T00:00:00Z',
        })
      ).status,
    ]).toEqual([step, 200]);
  for (const { headers, raw, body } of shop.received) {
    expect(headers['x-signature']).toBe(createHmac('sha256', SECRET).update(raw).digest('hex'));
    const { type, attributes } = body['data'] as { type: string; attributes: Record<string, unknown> };
    if (type === 'subscription-invoices') expect(attributes['subscription_id']).toBe(Number(id));
  }
  expect(shop.received.map(({ headers }) => headers['x-event-name'])).toEqual(
    expect.arrayContaining([
      'order_created',
      'subscription_created',
      'subscription_updated',
      'subscription_cancelled',
      'subscription_resumed',
      'subscription_paused',
      'subscription_unpaused',
      'subscription_expired',
      'subscription_payment_success',
      'subscription_payment_failed',
      'subscription_payment_recovered',
      'subscription_payment_refunded',
    ]),
  );
  expect(shop.received.at(-1)?.body['data']).toMatchObject({ id, attributes: { status: 'expired' } });
});

test('it is cancelled to the end of its period, resumed, and moved to another variant', async () => {
  const id = await bought();
  const cancelled = (await ask(`/subscriptions/${id}`, 'DELETE')).body.data.attributes;
  expect(cancelled).toMatchObject({ status: 'cancelled', cancelled: true, ends_at: cancelled.renews_at });
  // To say it again changes nothing.
  expect((await ask(`/subscriptions/${id}`, 'DELETE')).body.data.attributes.ends_at).toBe(cancelled.ends_at);
  const change = (attributes: object) =>
    ask(`/subscriptions/${id}`, 'PATCH', { data: { type: 'subscriptions', id, attributes } });
  expect((await change({ variant_id: 501 })).status).toBe(422);
  expect((await change({ cancelled: false })).body.data.attributes).toMatchObject({ status: 'active', ends_at: null });
  expect((await change({ variant_id: 501 })).body.data.attributes.variant_id).toBe(501);
  expect((await change({ pause: { mode: 'void' } })).body.data.attributes.status).toBe('paused');
  expect((await change({ pause: null })).body.data.attributes.status).toBe('active');
});

test('a wrong key, store or media type is refused as JSON:API says it', async () => {
  const refused = await ask('/subscriptions/1', 'GET', undefined, { authorization: 'Bearer wrong' });
  expect([refused.status, refused.body.errors[0].status]).toEqual([401, '401']);
  expect((await ask('/subscriptions/1')).body.errors[0]).toMatchObject({ status: '404', title: 'Not Found' });
  expect((await ask('/checkouts', 'POST', order('2'))).status).toBe(422);
  const plain = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
  expect((await ask('/checkouts', 'POST', order(), plain)).status).toBe(415);
  await control('/faults', 'POST', { match: { path: '^/lemonsqueezy/' }, action: { rateLimit: true, retryAfter: 7 } });
  const limited = await ask('/subscriptions/1');
  expect([limited.status, limited.headers.get('retry-after'), limited.body.errors[0].status]).toEqual([
    429,
    '7',
    '429',
  ]);
});
