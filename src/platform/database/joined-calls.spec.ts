import pg from 'pg';
import { type TestDatabase, createTestDatabase } from '../../../test/support/database.js';
import { Database } from './database.js';
import { JoinedCalls } from './joined-calls.js';
import { type Sql, sql } from './sql.js';
import { newId } from './uuid.js';
import { Workspaces } from './workspaces.js';

/** Transactions of many workspaces that are nothing but calls, and that leave together. */
describe('calls of many workspaces', () => {
  let database: TestDatabase;
  let owner: pg.Client;
  let own: Database;
  let workspaces: Workspaces;
  const ids = Array.from({ length: 21 }, () => newId());

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    for (const id of ids) {
      await owner.query(`insert into workspaces (id, name) values ($1, 'Shop')`, [id]);
      await owner.query(`insert into workspace_counters (workspace_id) values ($1)`, [id]);
    }
    own = await Database.connect(database.appUrl, 2);
    workspaces = new Workspaces(own);
  }, 60_000);
  afterAll(async () => {
    await own.close();
    await owner.end();
    await database.drop();
  });

  const event = (detail: string): Sql =>
    sql`append_events(${JSON.stringify([{ kind: 'WorkspaceChanged', ids: '', detail }])}::jsonb, ${7})`;
  const rowsOf = async (detail: string) =>
    (
      await owner.query<{ workspace_id: string; seq: string; xmin: string }>(
        `select workspace_id, seq, xmin::text from workspace_events where detail = $1 order by workspace_id`,
        [detail],
      )
    ).rows;
  const told = (id: string, invoke: Sql, gave: Map<string, unknown>) =>
    workspaces.call(id, [{ invoke, afterCommit: (seq) => void gave.set(id, seq) }], {
      oneAtATime: 'receive-messages',
    });

  it('share commits, each writes in its own workspace, and each is given what its own calls gave', async () => {
    // The second workspace is further than the others, so that what is given to the wrong one shows.
    await told(ids[1] ?? '', event('before'), new Map());
    const gave = new Map<string, unknown>();
    await Promise.all(ids.map((id) => told(id, event('together'), gave)));
    const rows = await rowsOf('together');
    expect(rows.map((row) => row.workspace_id)).toEqual([...ids].sort());
    expect(new Map(rows.map((row) => [row.workspace_id, row.seq]))).toEqual(gave);
    expect(gave.get(ids[1] ?? '')).toBe('2');
    // Sixteen, four, and the one that is left.
    expect(new Set(rows.map((row) => row.xmin)).size).toBe(3);
  });

  it('fail alone: those that left with one that fails are made by themselves, once', async () => {
    const gave = new Map<string, unknown>();
    const outcomes = await Promise.allSettled(
      ids.slice(0, 8).map((id, index) => {
        // Of the same text, or it would not leave with the others.
        return told(index === 3 ? newId() : id, event('one fails'), gave);
      }),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(
      ids.slice(0, 8).map((_, index) => (index === 3 ? 'rejected' : 'fulfilled')),
    );
    const rows = await rowsOf('one fails');
    expect(rows.map((row) => row.workspace_id)).toEqual(
      ids
        .slice(0, 8)
        .filter((_, index) => index !== 3)
        .sort(),
    );
    expect(new Map(rows.map((row) => [row.workspace_id, row.seq]))).toEqual(gave);
  });

  it('see the rows of their own workspace alone, whichever was entered before', async () => {
    const seen = new Map<string, unknown>();
    const invoke = sql`(select array_agg(distinct e.workspace_id::text) from workspace_events e where e.seq > ${0})`;
    const reads = ids
      .slice(0, 4)
      .map((id) => workspaces.call(id, [{ invoke, afterCommit: (found) => void seen.set(id, found) }]));
    await Promise.all(reads);
    expect(seen).toEqual(new Map(ids.slice(0, 4).map((id) => [id, [id]])));
  });

  it('wait for none with much to say, nor for what waits for that one', async () => {
    const sent: { readonly values: readonly unknown[]; readonly long: boolean }[] = [];
    const held = Promise.withResolvers<void>();
    const calls = new JoinedCalls(async ({ values }, long) => {
      sent.push({ values: values.filter((_, index) => index % 2 === 0), long });
      if (long) await held.promise;
      return { rows: [values] } as unknown as pg.QueryResult;
    });
    const make = (id: string, words: string) => calls.make(id, sql`${id}, ${words}`, 2);
    const long = make('a', 'x'.repeat(40_000));
    expect(await Promise.all([make('b', 'y'), make('c', 'z')])).toEqual([
      ['b', 'y'],
      ['c', 'z'],
    ]);
    // As long as that one is at work, what its workspace says next goes behind it, and the others' does not.
    const behind = make('a', 'w');
    await Promise.all([make('b', 'y'), make('c', 'z')]);
    held.resolve();
    expect((await Promise.all([long, behind])).map(([id]) => id)).toEqual(['a', 'a']);
    await Promise.all([make('a', 'w'), make('b', 'y')]);
    const [short, after] = [
      ['b', 'c'],
      ['a', 'b'],
    ];
    expect(sent.filter((one) => !one.long).map(({ values }) => values)).toEqual([short, short, after]);
    expect(sent.filter((one) => one.long).map(({ values }) => values)).toEqual([['a'], ['a']]);
  });

  it('are not held up by a long one that waits for a lock', async () => {
    const [busy = '', other = ''] = ids;
    await owner.query('begin');
    await owner.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [busy]);
    const order: string[] = [];
    const call = (id: string, words: string) =>
      told(id, sql`length(${words})`, new Map()).then(
        () => order.push(id),
        () => order.push(`${id} gave up`),
      );
    const waiting = [call(busy, 'x'.repeat(40_000)), call(busy, 'y'.repeat(40_000))];
    await new Promise((resolve) => setImmediate(resolve));
    for (let turn = 0; turn < 4; turn += 1) await Promise.all([call(other, 'short'), call(ids[2] ?? '', 'short')]);
    await owner.query('rollback');
    await Promise.all(waiting);
    expect(order.slice(0, 8).every((id) => id === other || id === ids[2])).toBe(true);
    expect(order).toHaveLength(10);
  });

  it('are not made again where nobody knows whether they were', async () => {
    let sent = 0;
    const calls = new JoinedCalls(() => {
      sent += 1;
      return Promise.reject(new Error('Connection terminated unexpectedly'));
    });
    const outcomes = await Promise.allSettled(['a', 'b'].map((id) => calls.make(id, sql`${id}`, 1)));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(sent).toBe(1);
  });
});
