import pg from 'pg';
import { MembershipEnded } from '../../src/accounts/index.js';
import { runCommand } from '../../src/cli/run-command.js';
import { SystemDatabase, Workspaces, newId, openSystemDatabase } from '../../src/platform/database/index.js';
import { Facts } from '../../src/platform/outbox/index.js';
import { ClearResidue, EraseSubject, Residue, readErasureStatus } from '../../src/privacy/index.js';
import { ClearResidueNightly } from '../../src/privacy/residue/clear-residue-nightly.js';
import { eventually } from '../support/client.js';
import { runCli } from '../support/cli.js';
import { InboxUnderTest, type TestInbox } from '../support/inbox.js';

describe('npm run parley -- erasure', () => {
  let under: InboxUnderTest;
  let ada: TestInbox;
  beforeAll(async () => {
    under = await InboxUnderTest.start();
    ada = await under.inbox('Ada');
  }, 60_000);
  afterAll(() => under.stop());
  beforeEach(() => under.admin.query('delete from residue'));

  const databases = () => ({ system: under.app.app.get(SystemDatabase), workspaces: under.app.app.get(Workspaces) });
  const status = (...more: string[]) => runCommand(['erasure', 'status', ...more], (work) => work(databases()));
  const note = () => databases().system.run((tx) => under.app.app.get(Residue).note(tx));
  const cli = (...words: string[]) => {
    const { appUrl, ownerUrl, redisUrl } = under.app.database;
    return runCli({ DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl, REDIS_URL: redisUrl }, 'erasure', ...words);
  };
  const clear = (lockSeconds = 60, waitSeconds = 60) =>
    new ClearResidue(under.app.app.get(Residue)).run(
      { ownerUrl: under.app.database.ownerUrl, redisUrl: null },
      { lockSeconds, waitSeconds },
    );

  it('status says what is open, what is to be cleared by when, and what holds; nothing where there is nothing', async () => {
    expect(await status()).toEqual({
      code: 0,
      out: 'No erasure is open.\n\nNothing of what was erased is known to be on disk.\n\nNothing was cleared yet.\n\nLegal holds that stand: 0.',
      err: '',
    });
    await note();
    const noted = JSON.parse((await status('--json')).out) as {
      residue: { place: string; since: string; dueBy: string }[];
    };
    expect(noted.residue.map(({ place }) => place)).toEqual(['anywhere']);
    expect(Date.parse(noted.residue[0]?.dueBy ?? '') - Date.parse(noted.residue[0]?.since ?? '')).toBe(24 * 3_600_000);
  });

  it('status fails where something is late, and says what', async () => {
    await note();
    await under.admin.query(`update residue set since = now() - interval '25 hours'`);
    const late = await status();
    expect(late).toMatchObject({ code: 1, err: 'Something is overdue.' });
    expect(late.out).toMatch(/anywhere .* overdue/);
    await under.admin.query('delete from residue');
    const contact = await under.contact(ada.workspaceId);
    const { erasureId } = await databases().workspaces.run(ada.workspaceId, (tx) =>
      under.app.app
        .get(EraseSubject)
        .begin(tx, { scope: 'CONTACT', contactIds: [contact] }, { requestId: null, by: 'spec' }),
    );
    await eventually(async () => {
      const { rows } = await under.admin.query('select from residue where since is not null');
      return rows.length > 0 ? true : null;
    }, 20_000);
    const open = async (columns: string) => {
      await under.admin.query(`update erasures set completed_at = null, ${columns} where id = $1`, [erasureId]);
      return status();
    };
    expect(await open(`begun_at = now() - interval '2 hours'`)).toMatchObject({ code: 1 });
    expect((await status()).out).toContain(erasureId);
    // One that a hold stops is not late: that is what the hold is for.
    expect(await open(`held_at = now()`)).toMatchObject({ code: 0 });
    expect((await status()).out).toMatch(new RegExp(`${erasureId} .* held`));
    await under.admin.query('update erasures set completed_at = now(), held_at = null where id = $1', [erasureId]);
  });

  it('maintain clears what can be cleared here and says what is not ours; without an erasure there is nothing to do', async () => {
    expect(await cli('maintain')).toEqual({
      code: 0,
      out: 'Nothing was erased since the last time: there is nothing to clear.\n',
      err: '',
    });
    const done = await cli('maintain', '--all', '--json');
    expect(done).toMatchObject({ code: 0 });
    const { places } = JSON.parse(done.out) as { places: { place: string; state: string; problem: string | null }[] };
    const notCleared = places.filter(({ state }) => state !== 'cleared');
    // A database of the tests is not the deployment's own: nobody gave its owner the right to the log.
    expect(notCleared.map(({ place, state }) => [place, state])).toEqual([['log', 'not ours']]);
    expect(places.map(({ place }) => place)).toEqual(
      expect.arrayContaining(['table messages', 'table contacts', 'table audit_entries', 'statistics', 'redis']),
    );
    const after = await cli('status');
    expect(after).toMatchObject({ code: 0 });
    expect(after.out).toContain('Not ours to clear: log.');
    expect(after.out).toMatch(/Last cleared: .* places in/);
    expect(await cli('maintain', '--lock-seconds', 'never')).toMatchObject({ code: 2 });
  }, 60_000);

  it('what an open transaction still sees is left, named, and cleared once that has ended', async () => {
    await note();
    const reader = new pg.Client({ connectionString: under.app.database.ownerUrl });
    await reader.connect();
    await reader.query('begin isolation level repeatable read read only');
    await reader.query('select 1 from residue');
    const left = await clear(60, 1);
    expect(left?.find(({ place }) => place === 'table messages')).toMatchObject({
      state: 'left',
      problem: expect.stringMatching(/A transaction that began before/) as string,
    });
    await reader.query('commit');
    await reader.end();
    expect((await clear())?.filter(({ state }) => state === 'left')).toEqual([]);
    const { rows } = await under.admin.query(
      `select indexrelid::regclass from pg_index where indrelid = 'residue'::regclass and not indisvalid`,
    );
    expect(rows).toEqual([]);
  }, 60_000);

  it('a table that is in use is tried again and then left; one that would be closed too long is not tried', async () => {
    await note();
    await under.admin.query(
      `insert into residue (place, since, bytes, seconds) values ('table contacts', now(), 33554433, 100000000)`,
    );
    const user = new pg.Client({ connectionString: under.app.database.ownerUrl });
    await user.connect();
    await user.query('begin');
    await user.query('lock table conversations in access share mode');
    const places = await clear();
    await user.query('rollback');
    await user.end();
    const of = (place: string) => places?.find((one) => one.place === place);
    expect(of('table conversations')).toMatchObject({
      state: 'left',
      problem: 'It was in use each time it was tried.',
    });
    expect(of('table contacts')?.problem).toMatch(/It would be closed .* erasure maintain --lock-seconds \d+$/);
    // Those that were not in the way are cleared.
    expect(of('table drafts')).toMatchObject({ state: 'cleared' });
  }, 60_000);

  it('one process clears at a time', async () => {
    await note();
    const other = new pg.Client({ connectionString: under.app.database.ownerUrl });
    await other.connect();
    await other.query(`select pg_advisory_lock(hashtextextended('parley.maintenance', 0))`);
    expect(await clear()).toBeNull();
    await other.end();
    await eventually(async () => ((await clear()) === null ? null : true), 20_000);
  }, 60_000);

  it('an erasure, the end of a membership, is noted with the commit that it belongs to, and not without', async () => {
    const { workspaces } = databases();
    const end = (tx: Parameters<Parameters<Workspaces['run']>[1]>[0]) =>
      under.app.app.get(Facts).announce(tx, new MembershipEnded(newId(), newId()));
    await expect(
      workspaces.run(ada.workspaceId, async (tx) => {
        await end(tx);
        throw new Error('not after all');
      }),
    ).rejects.toThrow('not after all');
    expect(await under.app.app.get(Residue).oldest()).toBeNull();
    await workspaces.run(ada.workspaceId, end);
    expect(await under.app.app.get(Residue).oldest()).not.toBeNull();
  });

  it('status reads as the server’s own role', async () => {
    const database = await openSystemDatabase(under.app.database.appUrl);
    expect(await readErasureStatus(database)).toMatchObject({ overdue: false, holds: 0 });
    await database.close();
  });

  it('a server that stops does not wait for a table', async () => {
    await note();
    const user = new pg.Client({ connectionString: under.app.database.ownerUrl });
    await user.connect();
    await user.query('begin');
    await user.query('lock table contacts in access share mode');
    const stopping = new AbortController();
    const { ownerUrl } = under.app.database;
    const clearing = new ClearResidue(under.app.app.get(Residue)).run(
      { ownerUrl, redisUrl: null },
      { lockSeconds: 60, waitSeconds: 60, signal: stopping.signal },
    );
    await eventually(async () => {
      const { rows } = await under.admin.query(
        `select from pg_locks where not granted and relation = 'contacts'::regclass`,
      );
      return rows.length > 0 ? true : null;
    }, 20_000);
    stopping.abort();
    const places = await clearing;
    expect(places?.map(({ place }) => place)).not.toContain('table contacts');
    const left = (await under.app.app.get(Residue).all()).find(({ place }) => place === 'table contacts');
    expect(left).toMatchObject({ problem: null, since: expect.any(Date) as Date });
    await user.end();
  }, 60_000);

  it('the server does it at night, and by day what would be late', async () => {
    const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour));
    const night = await InboxUnderTest.start({
      database: under.app.database,
      environment: {
        DATABASE_URL: under.app.database.appUrl,
        DATABASE_OWNER_URL: under.app.database.ownerUrl,
        MAINTENANCE_HOUR: '23',
      },
    });
    const nightly = night.app.app.get(ClearResidueNightly);
    const open = async () => (await under.app.app.get(Residue).all()).some(({ since }) => since !== null);
    try {
      await note();
      for (const hour of [2, 12, 22]) await nightly.look(at(hour));
      expect(await open()).toBe(true);
      await nightly.look(at(1));
      expect(await open()).toBe(false);
      await note();
      await under.admin.query(`update residue set since = $1 where since is not null`, [at(0)]);
      await nightly.look(at(17));
      expect(await open()).toBe(true);
      await nightly.look(at(19));
      expect(await open()).toBe(false);
    } finally {
      await night.stop();
    }
  }, 60_000);
});
