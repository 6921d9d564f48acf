import { FakeMerchant, type MerchantReply } from '../../../test/support/fake-merchant.js';
import { merchantSamples, stateOf } from '../../../test/support/merchant-samples/index.js';
import { personal } from '../../../test/support/merchant-samples/sample.js';
import { type Merchant, MerchantError, merchantNames } from './merchant.js';
import { merchantOf } from './merchants.js';

let server: FakeMerchant;
beforeAll(async () => {
  server = await FakeMerchant.start();
});
afterAll(() => server.stop());
beforeEach(() => {
  server.calls.length = 0;
});

it('knows a sample of every merchant', () => {
  expect(merchantSamples.map(({ name }) => name)).toEqual(merchantNames);
});

const patient = () => AbortSignal.timeout(30_000);
const returnUrl = 'https://inbox.example/settings/billing';
const link = 'https://pay.example/checkout/1?token=abc';
const past = '2026-09-01T00:00:00.000000Z';
const later = '2099-01-01T00:00:00.000000Z';

describe.each(merchantSamples)('$name', (sample) => {
  const { answers, calls, ids, statuses } = sample;
  const settings = () => ({
    apiUrl: server.url,
    apiKey: 'the-key',
    webhookSecret: 'secret',
    storeId: '1',
    clientToken: null,
  });
  const merchant = () => merchantOf(sample.name, settings(), server.outgoing);
  const says = (reply: MerchantReply) => {
    server.answer = () => reply;
  };
  const order = {
    prices: [ids.price],
    customData: { workspace_id: 'w1', signature: 'abc' },
    workspaceId: 'w1',
    customer: null,
    returnUrl,
    payUrl: 'https://inbox.example/billing/pay',
  };
  const canceled = Object.keys(statuses).filter((status) => statuses[status] === 'CANCELED')[0] ?? '';
  const ended = answers.subscription(stateOf(sample, { status: canceled, endsAt: past }));
  const running = answers.subscription(stateOf(sample));

  it('is known by its name and its one host', () => {
    const known = merchantOf(sample.name, { ...settings(), apiUrl: 'https://api.example' }, server.outgoing);
    expect([known.name, known.hosts, known.holdsSeveral]).toEqual([sample.name, ['api.example'], sample.holdsSeveral]);
  });

  it('opens a checkout that carries whose it is', async () => {
    says({ status: 201, body: answers.checkout(link) });
    const { url, reference } = await merchant().checkout(order, patient());
    expect(url).toBe(link);
    expect(reference === null).toBe(sample.name === 'lemonsqueezy');
    expect(server.calls).toEqual([expect.objectContaining(calls.checkout)]);
    expect(server.calls[0]?.headers['authorization']).toBe('Bearer the-key');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'https://a:b@pay.example/', '//pay.example', 'pay', '', null, 7])(
    'leads nobody to %j',
    async (url) => {
      says({ status: 201, body: answers.checkout(url as string) });
      await expect(merchant().checkout(order, patient())).rejects.toMatchObject({ reason: 'unreachable' });
      says({ status: 201, body: answers.portal(url as string) });
      await expect(merchant().portalUrl(ids, patient())).rejects.toMatchObject({ reason: 'unreachable' });
    },
  );

  it('links to its portal', async () => {
    says({ status: 201, body: answers.portal(link) });
    expect(await merchant().portalUrl(ids, patient())).toBe(link);
    expect(server.calls).toEqual([expect.objectContaining(calls.portal)]);
  });

  it('gives a subscription another price', async () => {
    says({ status: 200, body: running });
    expect(await merchant().change(ids.reference, [ids.price], patient())).toMatchObject({ prices: [ids.price] });
    expect(server.calls).toEqual([expect.objectContaining(calls.change)]);
  });

  it('fetches a subscription as it stands, without what is in it of a person', async () => {
    says({ status: 200, body: running });
    const found = await merchant().fetch(ids.reference, patient());
    expect(server.calls).toEqual([expect.objectContaining(calls.fetch)]);
    expect(found).toEqual({
      reference: ids.reference,
      customer: ids.customer,
      status: 'ACTIVE',
      prices: [ids.price],
      renewsAt: new Date('2026-10-22T12:00:00Z'),
      endsAt: null,
      asOf: new Date('2026-09-22T12:00:00Z'),
      checkout: null,
      customData: sample.name === 'lemonsqueezy' ? {} : { workspace_id: 'w1', signature: 'abc' },
    });
    for (const word of Object.values(personal)) expect(JSON.stringify(found)).not.toContain(word);
  });

  it('ends a subscription with its period', async () => {
    const status = sample.name === 'lemonsqueezy' ? canceled : 'active';
    says({ status: 200, body: answers.subscription(stateOf(sample, { status, endsAt: later })) });
    const found = await merchant().cancel(ids.reference, 'period-end', patient());
    expect(found).toMatchObject({ status: 'CANCELED', endsAt: new Date(later), renewsAt: null });
    expect(server.calls).toEqual([expect.objectContaining(calls.cancelLater)]);
  });

  it('ends a subscription at once', async () => {
    says({ status: 200, body: ended });
    const found = await merchant().cancel(ids.reference, 'now', patient());
    expect(found).toMatchObject({ status: 'CANCELED', endsAt: new Date(past) });
    expect(server.calls).toEqual([expect.objectContaining(calls.cancelNow)]);
    if (sample.name === 'paddle') expect(server.calls[0]?.body).toEqual({ effective_from: 'immediately' });
  });

  it.each(['now', 'period-end'] as const)('has nothing to say of one that has ended already (%s)', async (when) => {
    server.answer = ({ method }) => (method === 'GET' ? { status: 200, body: ended } : sample.endedAlready);
    const found = await merchant().cancel(ids.reference, when, patient());
    expect(found).toMatchObject({ status: 'CANCELED', endsAt: new Date(past) });
  });

  it('has nothing to say of one that is to end already, and goes on until it has ended where it is to end now', async () => {
    const ending = answers.subscription(
      stateOf(sample, { status: sample.name === 'lemonsqueezy' ? canceled : 'active', endsAt: later }),
    );
    server.answer = ({ method }) => (method === 'GET' ? { status: 200, body: ending } : sample.endedAlready);
    expect(await merchant().cancel(ids.reference, 'period-end', patient())).toMatchObject({ endsAt: new Date(later) });
    const now = merchant().cancel(ids.reference, 'now', patient());
    if (sample.endsAtOnce) await expect(now).rejects.toThrow(MerchantError);
    else expect(await now).toMatchObject({ endsAt: new Date(later) });
  });

  it('says so where a subscription that goes on is not ended', async () => {
    server.answer = ({ method }) => (method === 'GET' ? { status: 200, body: running } : sample.endedAlready);
    await expect(merchant().cancel(ids.reference, 'now', patient())).rejects.toThrow(MerchantError);
    await expect(merchant().cancel(ids.reference, 'period-end', patient())).rejects.toThrow(MerchantError);
  });

  it('gives null for what is not there', async () => {
    says({ status: 404, body: { error: 'PROVIDER TEXT' } });
    expect(await merchant().fetch(ids.reference, patient())).toBeNull();
    expect(await merchant().cancel(ids.reference, 'now', patient())).toBeNull();
    expect(await merchant().cancel(ids.reference, 'period-end', patient())).toBeNull();
    await expect(merchant().change(ids.reference, [ids.price], patient())).rejects.toMatchObject({ reason: 'refused' });
    await expect(merchant().portalUrl(ids, patient())).rejects.toMatchObject({ reason: 'refused' });
  });

  it.each(['../../customers', 'a/b', 'a?b', '', '.', '..', 'a b', 'ü', 'x'.repeat(101), '%2e%2e'])(
    'calls nobody for the id %j',
    async (id) => {
      says({ status: 200, body: running });
      const all = operations(merchant(), { ...order, customer: null }, id);
      for (const operation of all.slice(1)) await expect(operation()).rejects.toMatchObject({ reason: 'refused' });
      expect(server.calls).toEqual([]);
    },
  );

  it('sells each thing on its own where a subscription holds no more', async () => {
    says({ status: 201, body: answers.checkout(link) });
    const both = { ...order, prices: [ids.price, ids.price] };
    if (sample.holdsSeveral) {
      await merchant().checkout(both, patient());
      expect((server.calls[0]?.body as { items: unknown[] }).items).toHaveLength(2);
      return;
    }
    await expect(merchant().checkout(both, patient())).rejects.toMatchObject({ reason: 'refused' });
    await expect(merchant().checkout({ ...order, prices: [] }, patient())).rejects.toMatchObject({ reason: 'refused' });
    await expect(merchant().change(ids.reference, both.prices, patient())).rejects.toMatchObject({ reason: 'refused' });
    expect(server.calls).toEqual([]);
  });

  describe('where it does not do what was asked', () => {
    const failing: readonly (readonly [string, MerchantReply, string])[] = [
      ['400', { status: 400 }, 'refused'],
      ['402', { status: 402 }, 'refused'],
      ['422', { status: 422 }, 'refused'],
      ['401', { status: 401 }, 'credentials'],
      ['403', { status: 403 }, 'credentials'],
      ['409, for it is busy with it', { status: 409 }, 'unreachable'],
      ['423', { status: 423 }, 'unreachable'],
      ['429', { status: 429 }, 'unreachable'],
      ['500', { status: 500 }, 'unreachable'],
      ['502 in HTML', { status: 502, body: '<html>PROVIDER TEXT</html>' }, 'unreachable'],
      ['a redirect', { status: 307, headers: { location: 'http://127.0.0.1:9/' } }, 'unreachable'],
      ['a yes that is no JSON', { status: 200, body: '<html>PROVIDER TEXT</html>' }, 'unreachable'],
      ['a yes without words', { status: 204, body: '' }, 'unreachable'],
      ['a yes that says nothing', { status: 200, body: {} }, 'unreachable'],
      ['a yes that says null', { status: 200, body: 'null' }, 'unreachable'],
      ['a broken connection', 'reset', 'unreachable'],
    ];

    it.each(failing)('%s', async (_, reply, reason) => {
      for (const operation of operations(merchant(), order, ids.reference, ids.customer)) {
        says(withText(reply));
        const error = await operation().catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(MerchantError);
        expect((error as MerchantError).reason).toBe(reason);
        expect((error as MerchantError).message).toMatch(/^[A-Z].{15,}\.$/);
        expect(String((error as Error).stack)).not.toContain('PROVIDER TEXT');
        expect(String((error as Error).stack)).not.toContain('the-key');
      }
    });

    it.each(['hang', 'drip'] as const)('it lets one wait (%s): the call ends with its signal', async (reply) => {
      says(reply);
      for (const operation of operations(merchant(), order, ids.reference, ids.customer, () =>
        AbortSignal.timeout(150),
      ))
        await expect(operation()).rejects.toMatchObject({ reason: 'unreachable' });
    });

    it('it answers without end: no more is read than anyone needs', async () => {
      says('endless');
      for (const operation of operations(merchant(), order, ids.reference, ids.customer))
        await expect(operation()).rejects.toMatchObject({
          reason: 'unreachable',
          message: expect.stringContaining('larger than 1000000 bytes') as string,
        });
    });

    it('nobody answers', async () => {
      const nowhere = merchantOf(sample.name, { ...settings(), apiUrl: 'http://127.0.0.1:9' }, server.outgoing);
      await expect(nowhere.fetch(ids.reference, patient())).rejects.toMatchObject({ reason: 'unreachable' });
    });

    it('it is nobody whom the deployment publishes, so it is not called', async () => {
      const stranger = merchantOf(sample.name, { ...settings(), apiUrl: 'https://8.8.8.8' }, server.outgoing);
      await expect(stranger.fetch(ids.reference, patient())).rejects.toMatchObject({
        reason: 'unreachable',
        message: expect.stringContaining('not among the recipients') as string,
      });
    });

    it.each([
      ['17', 17],
      ['0', 1],
      ['999999', 3_600],
      ['Thu, 01 Jan 2026 00:00:00 GMT', 1],
      ['Thu, 01 Jan 2099 00:00:00 GMT', 3_600],
      ['soon', null],
      ['-5', null],
      [undefined, null],
    ])('it says when to ask again: %s', async (header, seconds) => {
      says({ status: 429, ...(header !== undefined && { headers: { 'retry-after': header } }) });
      await expect(merchant().fetch(ids.reference, patient())).rejects.toMatchObject({ retryAfterSeconds: seconds });
    });

    it('it is asked once: what it was asked may have been done', async () => {
      for (const reply of [{ status: 500 }, { status: 429 }, 'reset'] as const) {
        server.calls.length = 0;
        says(reply);
        await expect(merchant().checkout(order, patient())).rejects.toThrow(MerchantError);
        expect(server.calls).toHaveLength(1);
      }
    });
  });
});

describe('what only one merchant does', () => {
  const of = (name: Merchant['name'], changed: Partial<{ storeId: string | null }> = {}) => {
    const settings = {
      apiUrl: server.url,
      apiKey: 'the-key',
      webhookSecret: 'secret',
      storeId: '1',
      clientToken: null,
      ...changed,
    };
    return merchantOf(name, settings, server.outgoing);
  };
  const order = { prices: ['1'], customData: {}, workspaceId: 'w1', customer: 'c-1', returnUrl, payUrl: returnUrl };

  it('Paddle: ends at once what was to end with its period, and is locked by that', async () => {
    const [paddle] = merchantSamples;
    if (paddle === undefined) throw new Error('There is no sample.');
    const asked: string[] = [];
    server.answer = ({ method, path, body }) => {
      asked.push(`${method} ${path} ${JSON.stringify(body)}`);
      const locked = { error: { code: 'subscription_locked_pending_changes' } };
      if (method === 'POST' && asked.length === 1) return { status: 400, body: locked };
      const endsAt = method === 'PATCH' ? null : past;
      const status = method === 'PATCH' ? 'active' : 'canceled';
      return { status: 200, body: paddle.answers.subscription(stateOf(paddle, { status, endsAt })) };
    };
    expect(await of('paddle').cancel('sub_1', 'now', patient())).toMatchObject({ endsAt: new Date(past) });
    const end = 'POST /subscriptions/sub_1/cancel {"effective_from":"immediately"}';
    expect(asked).toEqual([end, 'PATCH /subscriptions/sub_1 {"scheduled_change":null}', end]);
  });

  it('Paddle: can be asked again where a renewal is under way', async () => {
    server.answer = () => ({ status: 400, body: { error: { code: 'subscription_locked_renewal' } } });
    await expect(of('paddle').cancel('sub_1', 'now', patient())).rejects.toMatchObject({ reason: 'unreachable' });
  });

  it('Paddle: its word for what is wrong is told to the operator', async () => {
    server.answer = () => ({ status: 400, body: { error: { code: 'transaction_default_checkout_url_not_set' } } });
    await expect(of('paddle').checkout(order, patient())).rejects.toThrow('transaction_default_checkout_url_not_set');
  });

  it('Paddle and Polar: a customer who is known buys as the same one', async () => {
    server.answer = () => ({ status: 500 });
    await of('paddle')
      .checkout(order, patient())
      .catch(() => null);
    await of('polar')
      .checkout(order, patient())
      .catch(() => null);
    expect(server.calls.map(({ body }) => body)).toEqual([
      expect.objectContaining({ customer_id: 'c-1' }),
      expect.objectContaining({ customer_id: 'c-1' }),
    ]);
    expect(server.calls[1]?.body).not.toHaveProperty('external_customer_id');
  });

  it('Polar: one whose first payment was never made is not there', async () => {
    const polar = merchantSamples.find(({ name }) => name === 'polar');
    if (polar === undefined) throw new Error('There is no sample.');
    server.answer = () => ({ status: 200, body: polar.subscription(stateOf(polar, { status: 'incomplete' })) });
    expect(await of('polar').fetch(polar.ids.reference, patient())).toBeNull();
  });

  it('Lemon Squeezy: sells nothing without a store, and nothing that is no variant', async () => {
    const withoutStore = of('lemonsqueezy', { storeId: null }).checkout(order, patient());
    await expect(withoutStore).rejects.toMatchObject({ reason: 'credentials' });
    for (const price of ['pri_1', '0', '1e3', '', '-1', '99999999999999999999'])
      await expect(of('lemonsqueezy').checkout({ ...order, prices: [price] }, patient())).rejects.toMatchObject({
        reason: 'refused',
      });
    expect(server.calls).toEqual([]);
  });
});

/** Everything that a merchant is asked for; the checkout first. */
function operations(
  merchant: Merchant,
  order: Parameters<Merchant['checkout']>[0],
  reference: string,
  customer = reference,
  signal = patient,
): readonly (() => Promise<unknown>)[] {
  const [price = ''] = order.prices;
  return [
    () => merchant.checkout(order, signal()),
    () => merchant.change(reference, [price], signal()),
    () => merchant.portalUrl({ reference, customer }, signal()),
    () => merchant.cancel(reference, 'now', signal()),
    () => merchant.cancel(reference, 'period-end', signal()),
    () => merchant.fetch(reference, signal()),
  ];
}

function withText(reply: MerchantReply): MerchantReply {
  if (typeof reply === 'string' || reply.body !== undefined) return reply;
  return { ...reply, body: { error: { code: 'bad', detail: 'PROVIDER TEXT' }, errors: [{ title: 'PROVIDER TEXT' }] } };
}
