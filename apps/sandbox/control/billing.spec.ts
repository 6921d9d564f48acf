import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { startSandbox, type RunningSandbox } from '../server.ts';
import { call, receiver, until } from '../testing.ts';

let sandbox: RunningSandbox;
let shop: Awaited<ReturnType<typeof receiver>>;
let control: (path: string, method?: string, body?: unknown) => ReturnType<typeof call>;

beforeEach(async () => {
  shop = await receiver();
  sandbox = await startSandbox({ webhookUrl: shop.url });
  control = (path, method = 'GET', body) => call(`${sandbox.url}/_sandbox${path}`, method, body);
});
afterEach(async () => {
  await sandbox.close();
  await shop.close();
});

const bought = async (merchant = 'paddle', input: object = {}) =>
  (await control('/billing/subscriptions', 'POST', { merchant, prices: ['pri_pro'], ...input })).body;
const kinds = () => shop.received.map(({ body }) => body['event_type']);

test('a subscription goes through its life, each step told before the answer', async () => {
  const { subscription, sent, acknowledged } = await bought('paddle', { customData: { workspace_id: 'foreign' } });
  expect([subscription.standing, sent, acknowledged, shop.received.length]).toEqual(['active', 4, 4, 4]);
  const step = async (name: string, body: object = {}) =>
    (await control(`/billing/subscriptions/${subscription.id}/${name}`, 'POST', body)).body.subscription;
  expect((await step('fail')).standing).toBe('past_due');
  expect((await step('recover')).standing).toBe('active');
  expect((await step('move', { periodEnd: '2027-05-01T00:00:00Z' })).periodEnd).toBe('2027-05-01T00:00:00.000Z');
  expect((await step('cancel')).endsAt).toBe('2027-05-01T00:00:00.000Z');
  // The period of one that is to end is over: it ends, and is not paid again.
  expect((await step('renew')).standing).toBe('ended');
  const late = await control(`/billing/subscriptions/${subscription.id}/renew`, 'POST', {});
  expect([late.status, late.body.error]).toEqual([400, 'This subscription has ended.']);
  const [shown] = (await control('/billing')).body.subscriptions;
  expect(shown.invoices.map(({ status }: { status: string }) => status)).toEqual(['paid', 'paid']);
});

test('a price costs what it is said to, and may be tried first', async () => {
  await control('/billing/prices', 'POST', { price: 'pri_pro', amount: 4900, currency: 'eur', trialDays: 14 });
  const { subscription } = await bought();
  expect(subscription.standing).toBe('trialing');
  expect(kinds()).toContain('subscription.trialing');
  const renewed = await control(`/billing/subscriptions/${subscription.id}/renew`, 'POST', {});
  expect(renewed.body.subscription.standing).toBe('active');
  const { invoices } = (await control('/billing')).body.subscriptions[0];
  expect(invoices.map(({ amount, currency }: Record<string, unknown>) => [amount, currency])).toEqual([
    [0, 'EUR'],
    [4900, 'EUR'],
  ]);
});

test('what plans.yaml sells costs here what it says there', async () => {
  interface Sold {
    name: string;
    priceCents: number;
    prices: Record<string, string>;
  }
  const { currency, plans, addOns } = parse(readFileSync(new URL('../../../plans.yaml', import.meta.url), 'utf8')) as {
    currency: string;
    plans: Sold[];
    addOns: Sold[];
  };
  const sold = [...plans, ...addOns].flatMap(({ name, priceCents: amount, prices }) =>
    Object.values(prices).map((price) => ({ id: price, name, amount, currency, trialDays: 0 })),
  );
  expect(sold.length).toBeGreaterThan(10);
  for (const price of sold)
    expect((await control('/billing/prices', 'POST', { price: price.id, trialDays: 0 })).body).toEqual(price);
});

test('events are forgotten, and sent later, doubled, in another order', async () => {
  await control('/billing/hold', 'POST', { count: 2 });
  const { subscription } = await bought();
  expect(kinds()).toEqual(['subscription.activated', 'transaction.completed']);
  const held = await control('/billing/events/send', 'POST', { unsent: true });
  expect(held.body.answers.map(({ event }: { event: string }) => event)).toEqual([
    'transaction.paid',
    'subscription.created',
  ]);
  const given = shop.received.length;
  await control('/billing/events/send', 'POST', { subscription: subscription.id, order: 'reversed', times: 2 });
  const again = shop.received.slice(given).map(({ body }) => body['event_type']);
  expect(again).toEqual(
    ['transaction.completed', 'subscription.activated', 'subscription.created', 'transaction.paid'].flatMap((kind) => [
      kind,
      kind,
    ]),
  );
  // The very same bytes: the id of the event is what tells a repetition.
  const [first] = shop.received.filter(({ body }) => body['event_type'] === 'subscription.created');
  const copies = shop.received.filter(({ raw }) => first?.raw.equals(raw));
  expect(copies).toHaveLength(3);
  const shuffled = async (seed: number) => {
    const before = shop.received.length;
    await control('/billing/events/send', 'POST', { order: 'shuffled', seed });
    return shop.received.slice(before).map(({ body }) => body['event_id']);
  };
  expect(await shuffled(5)).toEqual(await shuffled(5));
  expect(await shuffled(5)).not.toEqual(await shuffled(6));
});

test.each([
  ['paddle', 'paddle-signature'],
  ['lemonsqueezy', 'x-signature'],
  ['polar', 'webhook-signature'],
])('%s signs wrongly, late, twice or not at all when told to', async (merchant, header) => {
  await bought(merchant, { prices: ['500'] });
  const signed = async (sign: string) => {
    await control('/billing/events/send', 'POST', { last: 1, sign });
    return String(shop.received.at(-1)?.headers[header] ?? '');
  };
  const marks = {
    right: await signed('right'),
    wrong: await signed('wrong'),
    other: await signed('other-secret'),
    none: await signed('none'),
    late: await signed('late'),
    rotated: await signed('rotated'),
  };
  const markOf = (value: string) => /(?:h1=|v1,)?([\w+/=]+)$/.exec(value)?.[1] ?? '';
  expect(marks.none).toBe('');
  expect(markOf(marks.wrong)).toHaveLength(markOf(marks.right).length);
  expect(new Set([marks.right, marks.wrong, marks.other].map(markOf)).size).toBe(3);
  // Lemon Squeezy signs neither a time nor twice.
  if (merchant === 'lemonsqueezy') expect([marks.late, marks.rotated]).toEqual([marks.right, marks.right]);
  if (merchant === 'paddle') {
    const time = (value: string) => Number(/ts=(\d+)/.exec(value)?.[1]);
    expect(time(marks.right) - time(marks.late)).toBeGreaterThanOrEqual(3_590);
    expect(marks.rotated.match(/h1=/g)).toHaveLength(2);
  }
  if (merchant === 'polar') expect(marks.rotated.match(/v1,/g)).toHaveLength(2);
});

test('an event that is not taken is brought again, and signed anew', async () => {
  await shop.close();
  let answer = 500;
  shop = await receiver(() => answer);
  await control('/settings', 'PATCH', { webhookUrl: shop.url, retryGapsMs: [1_100] });
  const { acknowledged } = await bought();
  expect(acknowledged).toBe(0);
  answer = 200;
  await until('all are brought again', () => shop.received.length === 8);
  const signatures = shop.received
    .filter(({ body }) => body['event_type'] === 'subscription.created')
    .map(({ headers }) => headers['paddle-signature']);
  expect(new Set(signatures).size).toBe(2);
});

test('the control API says what is wrong in words, and forgets all of it at a reset', async () => {
  const { subscription } = await bought();
  for (const [path, body, words] of [
    [`/billing/subscriptions/${subscription.id}/fly`, {}, 'A subscription can renew'],
    [`/billing/subscriptions/${subscription.id}/resume`, {}, 'It is not paused.'],
    [`/billing/subscriptions/${subscription.id}/move`, { periodEnd: 'soon' }, '"periodEnd" must be a date'],
    ['/billing/subscriptions', { merchant: 'stripe', prices: ['p'] }, '"merchant" must be one of'],
    ['/billing/events/send', { sign: 'maybe' }, '"sign" must be one of'],
    ['/billing/hold', { count: -1 }, '"count" must be'],
    ['/billing/prices', { price: 'p', amount: 1.5 }, '"amount" must be'],
  ] as const) {
    const refused = await control(path, 'POST', body);
    expect([path, refused.status, refused.body.error]).toEqual([path, 400, expect.stringContaining(words)]);
  }
  expect((await control('/billing/pay', 'POST', { id: 'none' })).status).toBe(404);
  await control('/reset', 'POST');
  expect((await control('/billing')).body).toMatchObject({ subscriptions: [], checkouts: [], events: [], holding: 0 });
});
