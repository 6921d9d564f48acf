import pg from 'pg';
import { BuyerMark } from '../../src/billing/checkout/buyer-mark.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { billingSecret, sellingEnvironment } from '../support/billing.js';
import { TestClient, eventually } from '../support/client.js';
import { LoopbackServer } from '../support/loopback-server.js';
import { merchantSamples } from '../support/merchant-samples/index.js';
import { callsOf, lives } from './harness/merchant-lives.js';
import { type Chance, fromSeed, seeds } from './harness/seed.js';

/** Together 1,000 shuffles and a few more. */
const shufflesEach = 336;
const workspaces = 24;

describe.each(merchantSamples)('W5: what $name says, shuffled', (sample) => {
  let app: TestApp;
  let owner: pg.Client;
  let merchant: LoopbackServer;
  let asked = 0;
  const ids: string[] = [];

  beforeAll(async () => {
    // A merchant that tells, and never answers: nothing is made good by asking it.
    merchant = await LoopbackServer.start((_request, response) => {
      asked += 1;
      response.writeHead(503).end();
    });
    const environment = await sellingEnvironment({ merchant: sample.name, apiUrl: merchant.url, trial: null });
    app = await startTestApp({ environment });
    owner = new pg.Client({ connectionString: app.database.ownerUrl });
    await owner.connect();
    for (let n = 0; n < workspaces; n += 1) {
      const client = await TestClient.signedUp(app.url, `buyer${String(n)}`);
      ids.push(client.workspaceId ?? '');
      await client.close();
    }
  }, 120_000);
  afterAll(async () => {
    await owner.end();
    await app.close();
    await merchant.stop();
  });

  /** Nothing was ever bought. */
  async function forget(): Promise<void> {
    for (const statement of [
      'delete from merchant_subscriptions',
      'delete from merchant_references',
      'delete from billing_records',
      `delete from due where kind in ('sync-subscription', 'look-at-standing')`,
      `update subscriptions set plan = null, status = 'NONE', add_ons = '{}', provider = null, live = false, live_until = null,
              renews_at = null, cancel_at = null, grace_ends_at = null`,
    ])
      await owner.query(statement);
  }

  /** One call after the other, as the merchant orders them. */
  async function tell(bodies: readonly Buffer[]): Promise<void> {
    for (const body of bodies) {
      const response = await fetch(`${app.url}/webhooks/billing/${sample.name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headersOf(body) },
        body: new Uint8Array(body),
      });
      expect([response.status, await response.text()]).toEqual([200, 'OK']);
    }
  }

  const headersOf = (body: Buffer) => sample.sign(body, billingSecret, new Date()) as Record<string, string>;

  /** How each workspace stands, and what is kept of each subscription, by its workspace. */
  async function standings(): Promise<Map<string, Record<string, unknown>>> {
    await eventually(async () => {
      await app.drainDeliveries();
      const { rows } = await owner.query<{ waiting: number }>(`select count(*)::int as waiting from deliveries`);
      return rows[0]?.waiting === 0 ? true : null;
    }, 60_000);
    const { rows } = await owner.query<{ id: string }>(
      `select s.workspace_id as id, s.plan, s.status, s.add_ons, s.provider, s.live, s.live_until, s.renews_at, s.cancel_at, s.grace_ends_at,
              (select jsonb_agg(jsonb_build_array(customer, m.status, prices, m.renews_at, ends_at, as_of, good_at, past_dues) order by reference)
                 from merchant_subscriptions m where m.workspace_id = s.workspace_id) as kept
         from subscriptions s`,
    );
    return new Map(rows.map(({ id, ...stands }) => [id, stands]));
  }

  /** What a merchant makes of a stream: another order, and a call in four twice. */
  function shuffled(chance: Chance, bodies: readonly Buffer[]): Buffer[] {
    return chance.shuffled(bodies.flatMap((body) => (chance.strikes(0.25) ? [body, body] : [body])));
  }

  it.each(seeds([1]))(
    'comes to the same standing in each of hundreds of orders, with no answer to any question (seed %i)',
    (seed) =>
      fromSeed(seed, 'test/faults/billing-in-any-order.night.spec.ts', async (chance) => {
        const mark = app.app.get(BuyerMark, { strict: false });
        const start = Math.floor(Date.now() / 1_000) * 1_000 - 2 * 3_600_000;
        const buyers = ids.map((id, number) => {
          const life = lives[number % lives.length];
          if (life === undefined) throw new Error('There is no life.');
          return { id, life, calls: callsOf(sample, life, { number, mark: mark.of(id) }, start) };
        });
        await forget();
        await Promise.all(buyers.map(({ calls }) => tell(calls)));
        const given = await standings();
        for (const { id, life } of buyers)
          expect([life.name, given.get(id)]).toEqual([life.name, expect.objectContaining(life.stands)]);
        for (let done = 0; done < shufflesEach; done += workspaces) {
          await forget();
          await Promise.all(buyers.map(({ calls }) => tell(shuffled(chance, calls))));
          expect(await standings()).toEqual(given);
        }
        // It was asked, and never answered.
        expect(asked).toBeGreaterThan(0);
      }),
    600_000,
  );
});
