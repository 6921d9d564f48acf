import { createPolar, errors, webhooks } from '@polar-sh/sdk/2026-10';
import { startSandbox, type RunningSandbox } from '../../server.ts';
import { call, receiver } from '../../testing.ts';

const KEY = 'sandbox-billing-key';
const SECRET = 'sandbox-billing-secret-0123456789';
const PRO = '11111111-1111-4111-8111-111111111111';
const ADD_ON = '22222222-2222-4222-8222-222222222222';

let sandbox: RunningSandbox;
let shop: Awaited<ReturnType<typeof receiver>>;
let control: (path: string, method?: string, body?: unknown) => ReturnType<typeof call>;
/** Polar's own kit, pointed at the pretend one. */
let polar: ReturnType<typeof createPolar>;

beforeEach(async () => {
  shop = await receiver();
  sandbox = await startSandbox({ webhookUrl: shop.url });
  control = (path, method = 'GET', body) => call(`${sandbox.url}/_sandbox${path}`, method, body);
  polar = createPolar({ accessToken: KEY, baseUrl: `${sandbox.url}/polar` });
});
afterEach(async () => {
  await sandbox.close();
  await shop.close();
});

async function bought(product = PRO): Promise<string> {
  const { id } = await polar.checkouts.create({
    products: [product],
    external_customer_id: 'w1',
    metadata: { workspace_id: 'w1' },
  });
  return (await control('/billing/pay', 'POST', { id })).body.subscription.id as string;
}

test('a checkout becomes a subscription of the customer whom the seller named', async () => {
  const opened = await polar.checkouts.create({
    products: [PRO],
    external_customer_id: 'w1',
    metadata: { workspace_id: 'w1' },
    success_url: 'https://app.example.com/done?checkout={CHECKOUT_ID}',
  });
  expect(opened).toMatchObject({ status: 'open', amount: 2900, product_id: PRO, external_customer_id: 'w1' });
  expect(opened.url).toBe(`${sandbox.url}/polar/checkout/${opened.id}`);
  await control('/billing/pay', 'POST', { url: opened.url });
  const paid = await polar.checkouts.get(opened.id);
  expect(paid.status).toBe('succeeded');
  const subscription = await polar.subscriptions.get(paid.subscription_id ?? '');
  expect(subscription).toMatchObject({
    status: 'active',
    product_id: PRO,
    cancel_at_period_end: false,
    metadata: { workspace_id: 'w1' },
    customer: { id: paid.customer_id, external_id: 'w1' },
  });
  // An add-on is a subscription of its own, of the same customer.
  const addOn = await polar.subscriptions.get(await bought(ADD_ON));
  expect(addOn.customer_id).toBe(subscription.customer_id);
  const session = await polar.customerSessions.create({ customer_id: subscription.customer_id });
  expect(session.customer_portal_url).toContain(`${sandbox.url}/polar/portal?`);
});

test('of several products the buyer chooses one', async () => {
  const { id } = await polar.checkouts.create({ products: [PRO, ADD_ON] });
  const { body } = await control('/billing/pay', 'POST', { id, product: ADD_ON });
  expect((await polar.subscriptions.get(body.subscription.id as string)).product_id).toBe(ADD_ON);
});

test('every event is signed as Polar signs, and its kit reads it', async () => {
  const id = await bought();
  for (const step of ['renew', 'fail', 'card', 'cancel', 'keep', 'pause', 'resume', 'change', 'move', 'refund', 'end'])
    expect([
      step,
      (
        await control(`/billing/subscriptions/${id}/${step}`, 'POST', {
          prices: [ADD_ON],
          periodEnd: '2027-01-01T00:00:00Z',
        })
      ).status,
    ]).toEqual([step, 200]);
  const kinds: string[] = [];
  for (const { headers, raw } of shop.received) {
    const event = await webhooks.validateEvent(raw, headers as Record<string, string>, SECRET);
    kinds.push(event.type);
  }
  expect(kinds).toEqual(
    expect.arrayContaining([
      'subscription.created',
      'subscription.active',
      'subscription.updated',
      'subscription.past_due',
      'subscription.canceled',
      'subscription.uncanceled',
      'subscription.paused',
      'subscription.resumed',
      'subscription.revoked',
      'order.paid',
      'refund.created',
    ]),
  );
  expect(new Set(shop.received.map(({ headers }) => headers['webhook-id'])).size).toBe(kinds.length);
  expect(shop.received.at(-1)?.body).toMatchObject({
    type: 'subscription.revoked',
    data: { id, status: 'canceled', cancel_at_period_end: false },
  });
});

test('one that is to end goes on until then; ended at once it is over', async () => {
  const id = await bought();
  const ending = await polar.subscriptions.update(id, { cancel_at_period_end: true });
  expect(ending).toMatchObject({ status: 'active', cancel_at_period_end: true, ends_at: ending.current_period_end });
  await expect(polar.subscriptions.update(id, { cancel_at_period_end: true })).rejects.toMatchObject({
    statusCode: 403,
    error: { error: 'AlreadyCanceledSubscription' },
  });
  expect((await polar.subscriptions.update(id, { cancel_at_period_end: false })).ends_at).toBeNull();
  expect((await polar.subscriptions.update(id, { product_id: ADD_ON })).product_id).toBe(ADD_ON);
  expect(await polar.subscriptions.revoke(id)).toMatchObject({ status: 'canceled', ended_at: expect.any(String) });
  await expect(polar.subscriptions.revoke(id)).rejects.toBeInstanceOf(errors.AlreadyCanceledSubscription);
});

test('a wrong key, what is not there and what goes wrong are said as Polar says them', async () => {
  const stranger = createPolar({ accessToken: 'wrong', baseUrl: `${sandbox.url}/polar` });
  await expect(stranger.subscriptions.get('none')).rejects.toMatchObject({ statusCode: 401 });
  await expect(polar.subscriptions.get('none')).rejects.toBeInstanceOf(errors.ResourceNotFound);
  await expect(polar.checkouts.create({ products: [] })).rejects.toBeInstanceOf(errors.HTTPValidationError);
  await expect(polar.customerSessions.create({ customer_id: 'none' })).rejects.toMatchObject({ statusCode: 422 });
  await control('/faults', 'POST', { match: { path: '^/polar/' }, action: { rateLimit: true, retryAfter: 7 } });
  await expect(polar.subscriptions.get('none')).rejects.toMatchObject({ statusCode: 429, retryAfter: 7 });
});
