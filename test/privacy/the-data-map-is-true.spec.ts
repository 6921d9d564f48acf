import pg from 'pg';
import { Retention, usualRetention } from '../../src/accounts/index.js';
import { dataMap } from '../../src/privacy/index.js';
import { type SeededWorkspace, seedTwoWorkspaces } from '../isolation/two-workspaces.js';
import { countsOfRows } from '../isolation/workspace-rows.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { eventually } from '../support/client.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';

const tables = Object.assign({}, ...Object.values(dataMap)) as (typeof dataMap)[string];
const declared = (is: (one: (typeof tables)[string]) => boolean) =>
  Object.entries(tables)
    .filter(([, one]) => is(one))
    .map(([name]) => name)
    .sort();

/** Two workspaces with a row in every table, all of one person: what a retention removes is what the map says. */
describe('the data map, against rows', () => {
  let database: TestDatabase;
  let owner: pg.Client;
  let app: TestApp;
  let a: SeededWorkspace;
  let b: SeededWorkspace;

  beforeEach(async () => {
    database = await createTestDatabase();
    owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    app = await startTestApp({ database, redis: false });
    ({ a, b } = await seedTwoWorkspaces(owner));
    // What was made up is due at once, and is encrypted with no key; a hold would stop everything.
    for (const table of ['due', 'legal_holds', 'mails', 'deliveries', 'tombstones'])
      await owner.query(`delete from ${table}`);
    // What hangs on a message without a key of the database names it as the platform does.
    await owner.query(
      `update messages set external_id = 'one', channel_id = c.id from channels c where c.workspace_id = messages.workspace_id`,
    );
    for (const table of ['reactions', 'early_signals'])
      await owner.query(`update ${table} set message_external_id = 'one'`);
  }, 60_000);
  afterEach(async () => {
    await app.close();
    await owner.end();
    await database.drop();
  });

  /** The tables of which rows went while something was done; the other workspace has what it had. */
  async function gone(work: () => Promise<unknown>): Promise<string[]> {
    const [before, others] = [await countsOfRows(owner, a.id), await countsOfRows(owner, b.id)];
    await work();
    const after = await countsOfRows(owner, a.id);
    expect(await countsOfRows(owner, b.id)).toEqual(others);
    return Object.keys(before)
      .filter((table) => (after[table] ?? 0) < (before[table] ?? 0))
      .filter((table) => table !== 'due')
      .sort();
  }

  it.each(['conversationsDays', 'aiRunsDays', 'auditDays'] as const)(
    'says what a retention removes: %s [P1]',
    async (kind) => {
      for (const statement of [
        `update conversations set last_activity_at = now() - interval '4000 days'`,
        `update ai_runs set at = now() - interval '4000 days'`,
        `update question_askings set asked_at = now() - interval '4000 days'`,
        `update audit_entries set at = now() - interval '4000 days'`,
      ])
        await owner.query(`${statement} where workspace_id = $1`, [a.id]);
      const removed = await gone(async () => {
        for (const retained of app.app.get(Retention).all)
          if (retained.kind === kind) while ((await retained.prune(a.id, usualRetention[kind] ?? 365)).more);
        if (kind === 'conversationsDays')
          await eventually(async () =>
            (await owner.query('select from files where workspace_id = $1', [a.id])).rowCount === 0 ? true : null,
          );
      });
      expect(removed).toEqual(declared(({ retention = [] }) => retention.includes(kind)));
    },
    60_000,
  );
});
