import { rm } from 'node:fs/promises';
import pg from 'pg';
import { runCommand } from '../../src/cli/run-command.js';
import { migrateDatabase, openSystemDatabase, roleOf } from '../../src/platform/database/index.js';
import { startEmbeddedPostgres } from '../../src/platform/embedded/index.js';
import { BadWebhooks } from '../bad-input/bad-webhooks.js';
import { pageDelivery, pageItem, storedMessage } from '../bad-input/webhook-edges.js';
import { runCli } from '../support/cli.js';
import { eventually } from '../support/client.js';
import { makeDataDirectory } from '../support/server-process.js';

interface Listed {
  readonly total: number;
  readonly deliveries: readonly {
    readonly id: string;
    readonly provider: string;
    readonly workspaceId: string | null;
    readonly receivedAt: string;
    readonly setAsideAt: string | null;
    readonly attempts: number;
    readonly reason: string | null;
  }[];
}

describe('npm run parley -- deliveries', () => {
  let bad: BadWebhooks;
  let database: Awaited<ReturnType<typeof openSystemDatabase>>;
  beforeAll(async () => {
    bad = await BadWebhooks.start();
    database = await openSystemDatabase(bad.database.appUrl);
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await bad.stop();
  });

  // In this process, because a program takes half a second to start; the last test starts it.
  const cli = (...words: string[]) => runCommand(['deliveries', ...words], (work) => work(database));
  const list = async (...words: string[]) => JSON.parse((await cli('list', '--json', ...words)).out) as Listed;

  it('list says what was set aside, whose, when and why, and nothing of what it held', async () => {
    expect(await cli('list')).toMatchObject({ code: 0, out: 'There is none.' });
    await bad.post(Buffer.from('{"a secret":'));
    await bad.post(pageDelivery([pageItem('m_good', 'a secret'), { message: 1, secret: 'a secret' }]));
    await bad.settled();
    const { total, deliveries } = await list();
    expect(total).toBe(2);
    expect(deliveries.map(({ provider, reason }) => ({ provider, reason }))).toEqual(
      expect.arrayContaining([
        { provider: 'meta', reason: 'it is not JSON' },
        { provider: 'meta', reason: 'it cannot be understood (UnreadableItem: message is not an object)' },
      ]),
    );
    expect(deliveries.map(({ workspaceId }) => workspaceId).sort()).toEqual([bad.client.workspaceId, null]);
    for (const { setAsideAt, receivedAt, attempts } of deliveries) {
      expect(Date.parse(setAsideAt ?? '')).toBeGreaterThanOrEqual(Date.parse(receivedAt));
      expect(attempts).toBe(1);
    }
    const { out } = await cli('list', '--limit', '1');
    expect(out).toMatch(/^ID +PROVIDER +WORKSPACE +RECEIVED +SET ASIDE +TRIES +REASON\n/);
    expect(out).toContain('1 more');
    expect(JSON.stringify(deliveries) + out).not.toContain('secret');
    expect(await list('--provider', 'telegram')).toEqual({ total: 0, deliveries: [] });
    expect(await list('--state', 'waiting')).toEqual({ total: 0, deliveries: [] });
  });

  it('list counts what no workspace owns, names nobody by it, and /metrics counts it too [promise 8] [promise 31]', async () => {
    const stranger = '909090909090909';
    const body = pageDelivery([pageItem('m_theirs', 'a secret')])
      .toString()
      .replaceAll('900000000000001', stranger);
    await bad.post(Buffer.from(body));
    await bad.post(Buffer.from(body.replace('m_theirs', 'm_theirs_too')));
    await bad.settled();
    const { out } = await cli('list', '--state', 'unowned', '--json');
    const found = JSON.parse(out) as { total: number; events: number; unowned: Record<string, unknown>[] };
    expect(found).toMatchObject({ total: 1, events: 2 });
    expect(found.unowned[0]).toMatchObject({
      provider: 'meta',
      kind: 'messages',
      count: 2,
      account: expect.stringMatching(/^[0-9a-f]{12}$/),
    });
    const text = await cli('list', '--state', 'unowned');
    expect(text.out).toMatch(/^DAY +PROVIDER +KIND +ACCOUNT +EVENTS +LAST\n/);
    expect(text.out).toContain('2 events in 90 days');
    for (const word of ['a secret', 'm_theirs', stranger]) expect(out + text.out).not.toContain(word);
    expect(await cli('list', '--state', 'unowned', '--provider', 'telegram')).toMatchObject({ out: 'There is none.' });
    const metrics = await (await fetch(`${bad.server.url}/metrics`)).text();
    expect(metrics).toContain('parley_unowned_events{provider="meta"} 2');
    expect(metrics).toContain('parley_deliveries{state="set-aside"} 2');
    expect(metrics).not.toContain(stranger);
  });

  it('list tells what failed and will be tried again', async () => {
    await bad.owner.query(`
      insert into deliveries (id, provider, body, attempts, reason, available_at)
      values ('01930000-0000-7000-8000-0000000000fa', 'meta', 'x', 2, 'not now', now() + interval '1 hour')`);
    expect((await list('--state', 'failed')).deliveries.map(({ reason, attempts }) => [reason, attempts])).toEqual([
      ['not now', 2],
    ]);
    const metrics = await (await fetch(`${bad.server.url}/metrics`)).text();
    expect(metrics).toContain('parley_deliveries{state="failed"} 1');
    await bad.owner.query(`delete from deliveries where reason = 'not now'`);
  });

  it('replay applies once what now can be, and sets aside again what still cannot, losing nothing', async () => {
    const before = await list();
    const dry = await cli('replay', '--all', '--dry-run');
    expect(dry).toMatchObject({ code: 0 });
    expect(dry.out).toContain('2 would be replayed.');
    expect(await list()).toEqual(before);
    expect(await cli('replay', '--provider', 'meta')).toMatchObject({
      code: 0,
      out: expect.stringContaining('2 are tried'),
    });
    const asideAt = ({ deliveries }: Listed) => deliveries.map(({ setAsideAt }) => Date.parse(setAsideAt ?? ''));
    const last = Math.max(...asideAt(before));
    await eventually(async () => {
      const again = asideAt(await list());
      return again.length === 2 && again.every((at) => at > last) ? true : null;
    });
    const after = await list();
    expect(after.deliveries.map(({ reason }) => reason).sort()).toEqual(
      before.deliveries.map(({ reason }) => reason).sort(),
    );

    // One that was set aside although nothing is wrong with it any more.
    await bad.owner.query(`
      create function set_aside() returns trigger language plpgsql as $$
      begin new.set_aside_at = now(); new.reason = 'it is tried later'; return new; end $$;
      create trigger set_aside before insert on deliveries for each row execute function set_aside()`);
    await bad.post(pageDelivery([pageItem('m_later', 'later')]));
    // The server goes on meanwhile, and may hold what this takes.
    await eventually(() =>
      bad.owner.query('drop function set_aside() cascade').catch((error: { code?: string }) => {
        if (error.code === '40P01') return null;
        throw error;
      }),
    );
    const later = (await list()).deliveries.find(({ reason }) => reason === 'it is tried later');
    expect(await storedMessage(bad, 'm_later')).toBeNull();
    await cli('replay', later?.id ?? '');
    await eventually(() => storedMessage(bad, 'm_later'));
    await bad.settled();
    expect(await list()).toMatchObject({ total: 2 });

    // One of which some was applied: that is not applied twice.
    const items = [pageItem('m_once', 'once'), ...Array.from({ length: 101 }, () => ({ message: 1 }))];
    await bad.post(pageDelivery(items));
    await bad.settled();
    const whole = (await list()).deliveries.find(({ reason }) => reason?.startsWith('101 parts'));
    await cli('replay', whole?.id ?? '');
    await bad.settled();
    const { rows } = await bad.owner.query(`select from messages where external_id = 'm_once'`);
    expect(rows).toHaveLength(1);
    expect((await list()).deliveries.filter(({ reason }) => reason?.startsWith('101 parts'))).toHaveLength(1);
  });

  it('replay names ids; one that is not set aside stops it before anything is changed', async () => {
    const { deliveries } = await list();
    const [first] = deliveries;
    const unknown = '01930000-0000-7000-8000-000000000000';
    const refused = await cli('replay', first?.id ?? '', unknown);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain(unknown);
    expect(refused.err).not.toContain(first?.id);
    expect(await list()).toMatchObject({ total: deliveries.length });
    const done = JSON.parse((await cli('replay', first?.id.toUpperCase() ?? '', '--json')).out) as unknown;
    expect(done).toEqual({ dryRun: false, total: 1, ids: [first?.id] });
    await bad.settled();
  });

  it.each([
    [['list', '--state', 'gone']],
    [['list', '--limit', '0']],
    [['list', 'something']],
    [['list', '--nothing-like-it']],
    [['replay']],
    [['replay', 'x']],
    [['replay', '--all', '01930000-0000-7000-8000-000000000000']],
    [['unknown']],
  ])('ends %j with 2 and how it is used', async (words) => {
    const outcome = await cli(...words);
    expect(outcome).toMatchObject({ code: 2, out: '' });
    expect(outcome.err).toContain('npm run parley -- ');
  });

  it('has help for everything', async () => {
    for (const words of [['--help'], ['deliveries', 'list', '--help'], ['deliveries', 'replay', '--help']])
      expect(await runCommand(words, (work) => work(database))).toMatchObject({
        code: 0,
        err: '',
        out: expect.stringContaining('--json'),
      });
  });

  it('is a program that ends with 0, or with 1 and a sentence, on the embedded database, running or not', async () => {
    const dataDir = await makeDataDirectory();
    const none = await runCli({ DATA_DIR: dataDir }, 'deliveries', 'list', '--json');
    expect(none).toMatchObject({ code: 1, err: expect.stringContaining('Start Parley once') });
    expect(JSON.parse(none.out)).toEqual({ error: none.err.trim() });
    const log = () => undefined;
    const postgres = await startEmbeddedPostgres({ dataDir, log });
    try {
      await migrateDatabase({ ownerUrl: postgres.ownerUrl, appRole: roleOf(postgres.appUrl), log });
      const client = new pg.Client({ connectionString: postgres.appUrl });
      await client.connect();
      await client.query(
        `insert into deliveries (id, provider, body, set_aside_at, reason) values (gen_random_uuid(), 'meta', 'x', now(), 'a reason')`,
      );
      await client.end();
      const running = await runCli({ DATA_DIR: dataDir }, 'deliveries', 'list');
      expect(running).toMatchObject({ code: 0, out: expect.stringContaining('a reason') });
    } finally {
      await postgres.stop();
    }
    const stopped = await runCli({ DATA_DIR: dataDir }, 'deliveries', 'replay', '--all');
    expect(stopped).toMatchObject({ code: 0, out: expect.stringContaining('1 is tried again') });
    await rm(dataDir, { recursive: true, force: true });
  }, 60_000);
});
