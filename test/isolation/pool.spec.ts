import pg from 'pg';
import {
  SystemDatabase,
  Workspaces,
  type WorkspaceTransaction,
  newId,
  sql,
} from '../../src/platform/database/index.js';
import { Database } from '../../src/platform/database/database.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { seeded } from '../support/inbox.js';

const operations = 50_000;
const atOnce = 8;
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));

class Thrown extends Error {}

describe('two connections for many workspaces', () => {
  let database: TestDatabase;
  let connections: Database;
  let workspaces: Workspaces;
  let system: SystemDatabase;
  const ids = [newId(), newId(), newId()];

  beforeAll(async () => {
    database = await createTestDatabase();
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    for (const id of ids) {
      await owner.query(`insert into workspaces (id, name) values ($1, 'one')`, [id]);
      await owner.query(
        `insert into canned_responses (workspace_id, id, shortcut, text) values ($1, $2, 'hi', 'Hello')`,
        [id, newId()],
      );
    }
    await owner.end();
    connections = await Database.connect(database.appUrl, 2);
    workspaces = new Workspaces(connections);
    system = new SystemDatabase(connections);
  });

  afterAll(async () => {
    await connections.close();
    await database.drop();
  });

  /** Whose rows a transaction sees, in one statement. */
  const seen = async (tx: Pick<WorkspaceTransaction, 'query'>) =>
    (await tx.query<{ id: string }>(sql`select workspace_id as id from canned_responses`)).map((row) => row.id);

  it(`never show a workspace's rows to another, whatever breaks off in between (SEED=${String(seed)})`, async () => {
    const random = seeded(seed);
    const wrong: string[] = [];
    const outcomes = { done: 0, thrown: 0, refused: 0, cancelled: 0, ended: 0, outside: 0 };
    const check = (expected: readonly string[], found: readonly string[]) => {
      if (found.length !== expected.length || found.some((id, index) => id !== expected[index]))
        wrong.push(`expected ${expected.join()}, saw ${found.join()}`);
    };

    /** One operation, after which the connection goes back to the pool in one of several states. */
    async function operation(kind: number, id: string): Promise<void> {
      const own = [id];
      if (kind < 0.6) {
        check(own, await workspaces.read(id, seen));
        outcomes.done += 1;
      } else if (kind < 0.75) {
        await workspaces.run(id, async (tx) => {
          if ((await tx.execute(sql`update canned_responses set text = ${id}`)) !== 1) wrong.push(`${id} changed more`);
          check(own, await seen(tx));
        });
        outcomes.done += 1;
      } else if (kind < 0.82) {
        check([], await system.run(seen));
        outcomes.outside += 1;
      } else if (kind < 0.9) {
        await workspaces.run(id, async (tx) => {
          check(own, await seen(tx));
          throw new Thrown();
        });
      } else if (kind < 0.95) {
        await workspaces.run(id, (tx) => tx.query(sql`select 1 / 0`));
      } else if (kind < 0.9985) {
        await workspaces.run(id, (tx) => tx.query(sql`select pg_cancel_backend(pg_backend_pid()), pg_sleep(1)`));
      } else {
        await workspaces.run(id, (tx) => tx.query(sql`select pg_terminate_backend(pg_backend_pid()), pg_sleep(1)`));
      }
    }

    function tally(error: unknown): void {
      const { code } = error as { code?: string };
      if (error instanceof Thrown) outcomes.thrown += 1;
      else if (code === '22012') outcomes.refused += 1;
      else if (code === '57014') outcomes.cancelled += 1;
      else if (code === 'UNAVAILABLE') outcomes.ended += 1;
      else throw error;
    }

    let left = operations;
    const lane = async () => {
      while (left > 0) {
        left -= 1;
        await operation(random(), ids[Math.floor(random() * ids.length)] ?? '').catch(tally);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, lane));

    expect(wrong.slice(0, 5)).toEqual([]);
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(operations);
    for (const [outcome, count] of Object.entries(outcomes)) expect([outcome, count > 10]).toEqual([outcome, true]);
  }, 120_000);

  it('hands back connections that belong to no workspace', async () => {
    await workspaces.run(ids[0] ?? '', seen);
    const settings = await Promise.all(
      [1, 2].map(() =>
        system.run(async (tx) => {
          await tx.query(sql`select pg_sleep(0.05)`);
          return tx.first(sql`select coalesce(current_setting('app.workspace_id', true), '') as workspace`);
        }),
      ),
    );
    expect(settings).toEqual([{ workspace: '' }, { workspace: '' }]);
  });

  it('take nothing but the id of a workspace', async () => {
    for (const id of ['', 'x', "' || (select 1) || '", `${ids[0] ?? ''}'; set role parley_owner; --`])
      await expect(workspaces.run(id, seen)).rejects.toThrow('needs the id of a workspace');
  });
});
