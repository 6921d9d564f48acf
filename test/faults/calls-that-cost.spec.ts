import { gzipSync } from 'node:zlib';
import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import pg from 'pg';
import { type TestApp, appSecret, startTestApp } from '../support/app.js';
import { postWebhook } from '../support/client.js';

/** Signs and posts bytes; gives the status, or what became of the connection. */
function post(url: string, body: Buffer, headers: Record<string, string> = {}): Promise<number | string> {
  return new Promise((resolve) => {
    const signature = `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
    const call = httpRequest(
      `${url}/webhooks/meta`,
      { method: 'POST', headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature, ...headers } },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    call.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'broken'));
    call.end(body);
  });
}

describe('W8: calls that would cost', () => {
  let app: TestApp;
  let owner: pg.Client;

  beforeAll(async () => {
    app = await startTestApp({ redis: false });
    owner = new pg.Client({ connectionString: app.database.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await app.close();
  });

  it('refuses ten megabytes, stores nothing of them, and goes on', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => post(app.url, Buffer.alloc(10_000_000, 32))));
    // The refusal comes while the body is still on its way, so the caller may see the connection end instead.
    for (const answer of answers) expect([413, 'EPIPE', 'ECONNRESET']).toContain(answer);
    const { rows } = await owner.query<{ stored: number }>('select count(*)::int as stored from deliveries');
    expect(rows[0]?.stored).toBe(0);
    expect(await postWebhook(app.url, { object: 'page', entry: [] })).toBe(200);
  });

  it('never inflates: a gzip bomb is a body of a hundred kilobytes that nobody can read', async () => {
    const bomb = gzipSync(Buffer.alloc(100_000_000, 32), { level: 9 });
    const before = process.memoryUsage().rss;
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => post(app.url, bomb, { 'content-encoding': 'gzip' })),
    );
    // A machine with other work may have no time for one: that is said, and nothing is owed.
    const taken = answers.filter((answer) => answer === 200).length;
    expect(answers.filter((answer) => answer !== 503)).toHaveLength(taken);
    expect(taken).toBeGreaterThan(0);
    await app.drainDeliveries();
    const { rows } = await owner.query<{ stored: number; waiting: number }>(
      `select count(*)::int as stored, count(*) filter (where set_aside_at is null)::int as waiting from deliveries`,
    );
    expect(rows).toEqual([{ stored: expect.any(Number), waiting: 0 }]);
    expect(rows[0]?.stored).toBeGreaterThanOrEqual(taken);
    // Ten times a hundred megabytes would show.
    expect(process.memoryUsage().rss - before).toBeLessThan(500_000_000);
    const query = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: bomb,
    });
    expect(query.status).toBeGreaterThanOrEqual(400);
    expect(query.status).toBeLessThan(500);
  });
});
