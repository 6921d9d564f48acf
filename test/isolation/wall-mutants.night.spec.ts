import pg from 'pg';
import { APP_ROLE, OWNER_ROLE } from '../support/database-names.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { type Table, readTables } from './catalog.js';
import { outsideRowSecurity } from './outside-row-security.js';
import { type SeededWorkspace, copyOf, seedTwoWorkspaces } from './two-workspaces.js';
import { wallFaults } from './wall-faults.js';
import { type Mutant, mutantsOf } from './wall-mutants.js';

const roles = { owner: OWNER_ROLE, app: APP_ROLE, definer: 'parley_definer' };

describe('every stone of the wall, taken out once', () => {
  let database: TestDatabase;
  let admin: pg.Client;
  let tables: Table[];
  let a: SeededWorkspace;
  let b: SeededWorkspace;
  let mutants: Mutant[];

  beforeAll(async () => {
    database = await createTestDatabase();
    const url = new URL(process.env['PARLEY_TEST_ADMIN_URL'] ?? '');
    url.pathname = new URL(database.ownerUrl).pathname;
    admin = new pg.Client({ connectionString: url.href });
    await admin.connect();
    mutants = await mutantsOf(admin);
  });

  afterAll(async () => {
    await admin.end();
    await database.drop();
  });

  /** Applies a mutant to the database for as long as `look` takes. */
  async function applied<Result>(mutant: Mutant, look: () => Promise<Result>): Promise<Result> {
    await admin.query('begin');
    try {
      await admin.query(mutant.change);
      return await look();
    } finally {
      await admin.query('rollback');
    }
  }

  /** What the server's role, in workspace A, gets of B's rows in a table. */
  async function reached({ table, opens }: Mutant): Promise<number> {
    const walled = tables.find(({ name }) => name === table);
    if (walled === undefined) throw new Error(`There is no table ${table}.`);
    await admin.query(`set local role ${APP_ROLE}`);
    await admin.query(`select set_config('app.workspace_id', $1, true)`, [a.id]);
    const [text, values] =
      opens === 'reads'
        ? [`select from ${table} where ${String(walled.key)} = $1`, [b.id]]
        : copyOf(walled, b.rows.get(table) ?? {});
    const { rowCount } = await admin.query(text, values).catch((error: { code?: string; message: string }) => {
      // Past the policy, the copy may still meet B's own row under the same key.
      if (error.code === '23505') return { rowCount: 1 };
      // Or what a trigger then writes meets the wall of another table.
      const wall = /row-level security policy for table "(\w+)"/.exec(error.message)?.[1];
      if (error.code === '42501') return { rowCount: wall === undefined || wall === table ? 0 : 1 };
      throw error;
    });
    return rowCount ?? 0;
  }

  it('T14 G2: makes mutants of every walled table', async () => {
    const walled = (await readTables(admin))
      .map(({ name }) => name)
      .filter((name) => outsideRowSecurity[name] === undefined);
    expect(walled.filter((name) => mutants.filter(({ table }) => table === name).length < 6)).toEqual([]);
    expect(mutants.length).toBeGreaterThan(250);
  });

  it('T14 G2: is noticed by the catalog check, and named [promise 23]', async () => {
    const unnoticed: string[] = [];
    for (const mutant of mutants) {
      const faults = await applied(mutant, () => wallFaults(admin, roles));
      if (!faults.some((fault) => mutant.named.test(fault)))
        unnoticed.push(`${mutant.table}, ${mutant.what}: ${JSON.stringify(faults)}`);
    }
    console.log(`${String(mutants.length - unnoticed.length)} of ${String(mutants.length)} mutants were noticed.`);
    expect(unnoticed).toEqual([]);
    expect(await wallFaults(admin, roles)).toEqual([]);
  }, 600_000);

  it('T14: is noticed by rows that come through, wherever it opens the wall', async () => {
    // Only now: keys without the workspace could not be made over the rows of two.
    ({ a, b, tables } = await seedTwoWorkspaces(admin));
    const opening = mutants.filter(({ opens }) => opens !== null);
    const unnoticed: string[] = [];
    for (const mutant of opening) {
      if (!(await applied(mutant, () => reached(mutant)))) unnoticed.push(`${mutant.table}, ${mutant.what}`);
    }
    expect(opening.length).toBeGreaterThan(90);
    expect(unnoticed).toEqual([]);
  }, 600_000);
});
