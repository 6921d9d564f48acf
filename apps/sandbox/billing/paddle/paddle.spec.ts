import { type ApiError, type Environment, Paddle } from '@paddle/paddle-node-sdk';
import { startSandbox, type RunningSandbox } from '../../server.ts';
import { call, receiver, until, type Answer } from '../../testing.ts';

const KEY = 'sandbox-billing-key';
const SECRET = 'sandbox-billing-secret-0123456789';

let sandbox: RunningSandbox;
let shop: Awaited<ReturnType<typeof receiver>>;
let control: (path: string, method?: string, body?: unknown) => ReturnType<typeof call>;
/** Paddle's own kit, pointed at the pretend one. */
let paddle: Paddle;

beforeEach(async () => {
  shop = await receiver();
  sandbox = await startSandbox({ webhookUrl: shop.url });
  control = (path, method = 'GET', body) => call(`${sandbox.url}/_sandbox${path}`, method, body);
  paddle = new Paddle(KEY, { environment: `${sandbox.url}/paddle` as Environment });
});
afterEach(async () => {
  await sandbox.close();
  await shop.close();
});

async function bought(prices = ['pri_pro', 'pri_whatsapp']): Promise<string> {
  const { id } = await paddle.transactions.create({
    items: prices.map((priceId) => ({ priceId, quantity: 1 })),
    customData: { workspace_id: 'w1' },
  });
  return (await control('/billing/pay', 'POST', { id })).body.subscription.id as string;
}

const refusalOf = (asked: Promise<unknown>): Promise<ApiError> =>
  asked.then(
    () => {
      throw new Error('It was not refused.');
    },
    (error: unknown) => error as ApiError,
  );

test('what is bought by a transaction becomes a subscription with its custom data, in the words of Paddle’s own kit', async () => {
  const opened = await paddle.transactions.create({
    items: [{ priceId: 'pri_pro', quantity: 1 }],
    customData: { workspace_id: 'w1' },
  });
  expect(opened).toMatchObject({ status: 'ready', subscriptionId: null, currencyCode: 'USD' });
  expect(opened.details?.totals?.total).toBe('2900');
  expect(opened.checkout?.url).toBe(`${sandbox.url}/paddle/checkout/${opened.id}`);
  await control('/billing/pay', 'POST', { url: opened.checkout?.url });

  const paid = await paddle.transactions.get(opened.id);
  expect(paid).toMatchObject({ status: 'completed', customData: { workspace_id: 'w1' } });
  const subscription = await paddle.subscriptions.get(paid.subscriptionId ?? '');
  expect(subscription).toMatchObject({
    status: 'active',
    customerId: paid.customerId,
    scheduledChange: null,
    customData: { workspace_id: 'w1' },
    managementUrls: { cancel: expect.stringContaining('/paddle/portal?') },
  });
  expect(subscription.items.map(({ price, quantity }) => [price.id, quantity])).toEqual([['pri_pro', 1]]);
  expect(subscription.nextBilledAt).toBe(subscription.currentBillingPeriod?.endsAt);
});

test('every event is signed as Paddle signs, and its kit reads it', async () => {
  const id = await bought();
  for (const step of ['renew', 'fail', 'card', 'cancel', 'keep', 'pause', 'resume', 'change', 'move', 'refund', 'end'])
    expect([
      step,
      (
        await control(`/billing/subscriptions/${id}/${step}`, 'POST', {
          prices: ['pri_max'],
          periodEnd: '2027-01-01T00:00:00Z',
        })
      ).status,
    ]).toEqual([step, 200]);
  const kinds = new Set<string>();
  for (const { headers, raw } of shop.received) {
    const event = await paddle.webhooks.unmarshal(raw.toString(), SECRET, String(headers['paddle-signature']));
    kinds.add(event.eventType);
  }
  expect([...kinds]).toEqual(
    expect.arrayContaining([
      'subscription.created',
      'subscription.activated',
      'subscription.updated',
      'subscription.past_due',
      'subscription.paused',
      'subscription.resumed',
      'subscription.canceled',
      'transaction.completed',
      'transaction.payment_failed',
      'adjustment.updated',
    ]),
  );
  const times = shop.received.map(({ body }) => String(body['occurred_at']));
  expect(times).toEqual([...times].sort());
  expect(new Set(times).size).toBe(times.length);
  expect(new Set(shop.received.map(({ body }) => body['event_id'])).size).toBe(times.length);
  expect(shop.received.at(-1)?.body).toMatchObject({
    event_type: 'subscription.canceled',
    data: { id, status: 'canceled', scheduled_change: null, next_billed_at: null, current_billing_period: null },
  });
});

test('one that is to end says so, is locked until that is taken back, and then ends at once', async () => {
  const id = await bought();
  const before = await paddle.subscriptions.get(id);
  const ending = await paddle.subscriptions.cancel(id, { effectiveFrom: 'next_billing_period' });
  expect(ending).toMatchObject({
    status: 'active',
    nextBilledAt: null,
    scheduledChange: { action: 'cancel', effectiveAt: before.currentBillingPeriod?.endsAt },
  });
  for (const effectiveFrom of ['next_billing_period', 'immediately'] as const)
    expect((await refusalOf(paddle.subscriptions.cancel(id, { effectiveFrom }))).code).toBe(
      'subscription_locked_pending_changes',
    );
  expect((await paddle.subscriptions.update(id, { scheduledChange: null })).scheduledChange).toBeNull();
  expect((await paddle.subscriptions.cancel(id, { effectiveFrom: 'immediately' })).status).toBe('canceled');
  await until('the end is told', () => shop.received.at(-1)?.body['event_type'] === 'subscription.canceled');
  expect((await refusalOf(paddle.subscriptions.cancel(id, { effectiveFrom: 'immediately' }))).code).toBe(
    'subscription_update_when_canceled',
  );
});

test('other items are charged for and told, and the portal of a customer is linked', async () => {
  const id = await bought(['pri_pro']);
  const changed = await paddle.subscriptions.update(id, {
    items: [
      { priceId: 'pri_max', quantity: 1 },
      { priceId: 'pri_whatsapp', quantity: 2 },
    ],
    prorationBillingMode: 'prorated_immediately',
  });
  expect(changed.items.map(({ price, quantity }) => [price.id, quantity])).toEqual([
    ['pri_max', 1],
    ['pri_whatsapp', 2],
  ]);
  const unpriced = paddle.subscriptions.update(id, { items: [{ priceId: 'pri_max', quantity: 1 }] });
  expect((await refusalOf(unpriced)).errors).toEqual([expect.objectContaining({ field: 'proration_billing_mode' })]);
  const session = await paddle.customerPortalSessions.create(changed.customerId, [id]);
  expect(session.urls.general.overview).toContain(`${sandbox.url}/paddle/portal?`);
  expect(session.urls.subscriptions[0]?.id).toBe(id);
});

test('a wrong key, what is not there and what goes wrong are said as Paddle says them', async () => {
  const stranger = new Paddle('wrong', { environment: `${sandbox.url}/paddle` as Environment });
  expect((await refusalOf(stranger.subscriptions.get('sub_1'))).code).toBe('invalid_token');
  expect((await call(`${sandbox.url}/paddle/subscriptions/sub_1`)).status).toBe(401);
  expect((await refusalOf(paddle.subscriptions.get('sub_1'))).code).toBe('not_found');
  expect((await refusalOf(paddle.transactions.create({ items: [] }))).errors).toEqual([
    expect.objectContaining({ field: 'items' }),
  ]);
  await control('/faults', 'POST', { match: { path: '^/paddle/' }, action: { rateLimit: true, retryAfter: 7 } });
  expect(await refusalOf(paddle.subscriptions.get('sub_1'))).toMatchObject({
    code: 'too_many_requests',
    retryAfter: 7,
  });
  const id = await bought();
  await control('/faults', 'POST', { match: { path: '/cancel$' }, action: { statusAfterAccept: 500 } });
  expect((await refusalOf(paddle.subscriptions.cancel(id, { effectiveFrom: 'immediately' }))).code).toBe(
    'internal_error',
  );
  expect((await paddle.subscriptions.get(id)).status).toBe('canceled');
});

test('an answer can drip for ever', async () => {
  await control('/faults', 'POST', { match: { path: '^/paddle/' }, action: { dripBeforeAccept: true } });
  const response = await fetch(`${sandbox.url}/paddle/subscriptions/sub_1`, {
    headers: { authorization: `Bearer ${KEY}` },
  });
  const reader = response.body?.getReader();
  const heard: Answer[] = [await reader?.read(), await reader?.read()];
  expect(heard.map(({ done }: { done: boolean }) => done)).toEqual([false, false]);
  await reader?.cancel();
});
