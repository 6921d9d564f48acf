import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { billingSecret, priceOf, sellingEnvironment } from '../support/billing.js';
import { TestClient, eventually } from '../support/client.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { LoopbackServer } from '../support/loopback-server.js';
import { type MerchantSample, type SampleState } from '../support/merchant-samples/sample.js';
import { merchantSamples, stateOf } from '../support/merchant-samples/index.js';
import { TestServer } from '../support/server.js';
import { Canaries, postgresLog, redisDump, sightings } from './canaries.js';

const checkout = 'mutation { startCheckout(plan: "small") }';

/** What a merchant's calls could hold of who pays, and nothing here may keep. */
class Payer {
  readonly canaries = new Canaries();
  private places = 0;

  /** The same with the payer's data at every place where an object stands, each time other. */
  around(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.around(one));
    if (typeof value !== 'object' || value === null) return value;
    const within = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, this.around(one)]));
    this.places += 1;
    const plant = (what: string, form?: (mark: string) => string) =>
      this.canaries.plant(`${what} at place ${String(this.places)}`, 'words', form);
    const card = {
      number: plant('a card', (mark) => `4242 ${mark}`),
      cvv: plant('a CVV'),
      last4: plant('four digits'),
    };
    return {
      card,
      card_number: plant('a card’s number'),
      cardholder_name: plant('a holder'),
      email: plant('an address', (mark) => `${mark}@example.com`),
      billing_address: { line1: plant('a street'), city: plant('a city'), postal_code: plant('a postcode') },
      tax_identifier: plant('a tax number'),
      ...within,
    };
  }

  /** What the merchant's own samples say of somebody. */
  get ofSamples(): readonly string[] {
    return ['4242424242424242', 'Ayşe', 'Bağdat', 'Kadıköy', 'ayse@example.com', 'CVV 737', 'TR1234567890'];
  }
}

describe.each(merchantSamples)('what $name tells of who pays', (sample: MerchantSample) => {
  const payer = new Payer();
  let database: TestDatabase;
  let merchant: LoopbackServer;
  let server: TestServer;
  let owner: pg.Client;
  let client: TestClient;
  let state: SampleState;
  /** The bodies that the merchant was sent. */
  const asked: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    merchant = await LoopbackServer.start((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        asked.push(Buffer.concat(parts).toString());
        const { answers } = sample;
        const answer =
          request.method === 'POST' ? answers.checkout('https://pay.example/1') : answers.subscription(state);
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(payer.around(answer)));
      });
    });
    server = await TestServer.prepare(
      database,
      {
        ...(await sellingEnvironment({ merchant: sample.name, apiUrl: merchant.url })),
        // Whoever is named in the configuration is reached on this machine too.
        TELEGRAM_API_URL: merchant.url,
        LOG_LEVEL: 'debug',
      },
      50_000_000,
    );
    await server.start();
    owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    client = await TestClient.signedUp(server.url, 'Ada');
  }, 60_000);
  afterAll(async () => {
    await client.close();
    await server.kill();
    await owner.end();
    await merchant.stop();
    await database.drop();
  });

  const deliver = async (body: Buffer, secret = billingSecret) => {
    const headers = sample.sign(body, secret, new Date()) as Record<string, string>;
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body };
    return (await fetch(`${server.url}/webhooks/billing/${sample.name}`, init)).status;
  };
  const event = (kind: string, data: unknown, now = state) => sample.event(kind, payer.around(data), now);
  const waiting = async () =>
    (await owner.query<{ n: number }>('select count(*)::int as n from deliveries where set_aside_at is null')).rows[0]
      ?.n;

  it('is taken in with every event that it has, and the plan is on', async () => {
    const { startCheckout } = await client.ask<{ startCheckout: string }>(checkout);
    expect(startCheckout).toBe('https://pay.example/1');
    const marks = /"workspace_id":"([^"]+)"[^}]*"signature":"([^"]+)"/.exec(asked.join('\n'));
    const custom = { workspace_id: marks?.[1] ?? '', signature: marks?.[2] ?? '' };
    expect(custom.workspace_id).toBe(client.workspaceId);
    const price = priceOf('small');
    state = stateOf(sample, { price, custom, changedAt: '2026-10-22T12:00:00.000000Z' });
    const [first = ''] = sample.states;
    expect(await deliver(event(first, sample.subscription(state)))).toBe(200);
    await eventually(async () => {
      const { billing } = await client.ask<{ billing: { status: string } }>('{ billing { status } }');
      return billing.status === 'ACTIVE' ? true : null;
    });
    for (const kind of sample.states) expect(await deliver(event(kind, sample.subscription(state)))).toBe(200);
    for (const [kind, about] of Object.entries(sample.concerning))
      expect(await deliver(event(kind, about(state.reference)))).toBe(200);
    for (const [kind, data] of Object.entries(sample.others)) expect(await deliver(event(kind, data))).toBe(200);
    // What goes wrong is told of in words that hold none of it.
    const unknownPrice = sample.subscription({ ...state, price: '99887766', changedAt: '2026-10-22T13:00:00Z' });
    expect(await deliver(event(first, unknownPrice))).toBe(200);
    const forged = { workspace_id: custom.workspace_id, signature: 'x'.repeat(43) };
    expect(await deliver(event(first, sample.subscription({ ...state, reference: '424299', custom: forged })))).toBe(
      200,
    );
    expect(await deliver(Buffer.from(`{"data":"${payer.canaries.plant('a body that ends early', 'words')}`))).toBe(200);
    expect(await deliver(event(first, [sample.subscription(state)]))).toBe(200);
    expect(await deliver(event(first, sample.subscription(state)), 'another secret')).toBe(401);
    await eventually(async () => ((await waiting()) === 0 ? true : null), 20_000);
    const { rows } = await owner.query('select reason from deliveries where set_aside_at is not null');
    expect(rows.length).toBeGreaterThanOrEqual(3);
    // The merchant was asked as well, and answered with all of it.
    await eventually(() => Promise.resolve(asked.length > 1 ? true : null), 20_000);
  }, 90_000);

  it('is kept nowhere: no table, no file, no log, not in Redis [promise 41]', async () => {
    expect(payer.canaries.all.length).toBeGreaterThan(200);
    const { rows: tables } = await owner.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`,
    );
    const dump: string[] = [];
    for (const { name } of tables) {
      const { rows } = await owner.query<{ row: string }>(`select t::text as row from ${name} t`);
      dump.push(...rows.map(({ row }) => `${name} ${row}`));
    }
    const folder = server.environment['DATA_DIR'] ?? '';
    const files: string[] = [];
    for (const name of await readdir(folder, { recursive: true }))
      if ((await stat(path.join(folder, name))).isFile())
        files.push(`${name} ${await readFile(path.join(folder, name), 'latin1')}`);
    const places = {
      'the database': dump.join('\n'),
      'a file': files.join('\n'),
      'the log': server.log,
      'Postgres’s log': await postgresLog(),
      Redis: await redisDump(database.redisUrl),
      'an answer': JSON.stringify(await client.ask('{ billing { status plan { code name } provider } }')),
    };
    for (const text of Object.values(places)) expect(text).not.toBe('');
    for (const [where, text] of Object.entries(places)) {
      expect(sightings(payer.canaries.all, where, text)).toEqual([]);
      for (const word of payer.ofSamples) expect([where, word, text.includes(word)]).toEqual([where, word, false]);
    }
    // This looks where it says it looks: what may be known is found there.
    expect(places['the database']).toContain(`merchant_subscriptions (${client.workspaceId ?? ''},`);
    expect(places['the database']).toContain(state.customer);
  }, 60_000);

  it('leaves a workspace, a plan and a status, and ids of the merchant [promise 41]', async () => {
    const { rows } = await owner.query<Record<string, unknown>>(
      `select * from merchant_subscriptions where reference = $1`,
      [state.reference],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toEqual({
      workspace_id: client.workspaceId,
      id: expect.any(String),
      provider: sample.name,
      reference: state.reference,
      customer: state.customer,
      status: 'ACTIVE',
      prices: [priceOf('small')],
      renews_at: expect.any(Date),
      ends_at: null,
      good_at: expect.any(Date),
      past_dues: [],
      as_of: expect.any(Date),
      checked_at: expect.any(Date),
    });
    const { rows: stands } = await owner.query<Record<string, unknown>>('select * from subscriptions');
    expect(stands.map(({ plan, status, provider }) => ({ plan, status, provider }))).toEqual([
      { plan: 'small', status: 'ACTIVE', provider: sample.name },
    ]);
  });
});
