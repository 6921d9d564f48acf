import pg from 'pg';
import { startSandbox, type RunningSandbox } from '../../apps/sandbox/server.js';
import { appSecret } from '../support/app.js';
import { TestClient, eventually } from '../support/client.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { TestServer } from '../support/server.js';

const deliveries = 5_000;
const kills = 4;

interface Burst {
  readonly acknowledged: readonly string[];
  readonly refused: readonly string[];
}

/** Three ledgers: what was acknowledged, what Postgres holds, what the pretend platform sent. */
describe('kill -9 in the middle of 5,000 deliveries', () => {
  let database: TestDatabase;
  let sandbox: RunningSandbox;
  let server: TestServer;
  let owner: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    sandbox = await startSandbox({ appSecret });
    server = await TestServer.prepare(database, { META_GRAPH_URL: `${sandbox.url}/graph` });
    await fetch(`${sandbox.url}/_sandbox/settings`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ webhookUrl: `${server.url}/webhooks/meta` }),
    });
    await server.start();
    owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
  }, 60_000);
  afterAll(async () => {
    // Each may be missing where the set-up failed.
    await (owner as pg.Client | undefined)?.end();
    await (server as TestServer | undefined)?.stop();
    await (sandbox as RunningSandbox | undefined)?.close();
    await (database as TestDatabase | undefined)?.drop();
  });

  it('loses nothing that was acknowledged and stores nothing twice', async () => {
    const client = await TestClient.signedUp(server.url);
    await client.ask(`mutation ($input: ConnectWhatsAppInput!) { connectWhatsApp(input: $input) { id } }`, {
      input: {
        wabaId: '770000000000001',
        phoneNumberId: '660000000000001',
        accessToken: 'EAASANDBOXSYSTEM770000000000001TOKEN',
      },
    });
    const acknowledged = new Set<string>();
    const part = deliveries / (kills + 1);
    for (let round = 0; round <= kills; round += 1) {
      const burst = fetch(`${sandbox.url}/_sandbox/burst`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          channel: 'whatsapp',
          count: part,
          customers: 40,
          concurrency: 32,
          marker: `round${String(round)}`,
        }),
      }).then((response) => response.json() as Promise<Burst>);
      if (round < kills) {
        // Somewhere inside the burst; the round gives each kill another place.
        await new Promise((resolve) => setTimeout(resolve, 60 + 70 * round));
        await server.kill();
        await server.start();
      }
      for (const id of (await burst).acknowledged) acknowledged.add(id);
    }
    expect(acknowledged.size).toBeGreaterThan(part);

    await eventually(async () => {
      const { rows } = await owner.query<{ waiting: number }>(
        `select count(*)::int as waiting from deliveries where set_aside_at is null`,
      );
      return rows[0]?.waiting === 0 ? true : null;
    }, 60_000);
    const { rows } = await owner.query<{ id: string; copies: number }>(
      `select external_id as id, count(*)::int as copies from messages group by 1`,
    );
    const stored = new Map(rows.map((row) => [row.id, row.copies]));
    expect([...acknowledged].filter((id) => !stored.has(id))).toEqual([]);
    expect(rows.filter((row) => row.copies !== 1)).toEqual([]);
    const aside = await owner.query(`select reason from deliveries where set_aside_at is not null`);
    expect(aside.rows).toEqual([]);
  }, 120_000);
});
