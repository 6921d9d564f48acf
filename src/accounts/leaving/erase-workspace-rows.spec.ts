import pg from 'pg';
import { newId } from '../../platform/database/index.js';
import { type TestDatabase, asAdmin, createTestDatabase } from '../../../test/support/database.js';

let database: TestDatabase;
let app: pg.Client;
let owner: pg.Client;
let workspaceId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  [app, owner] = [database.appUrl, database.ownerUrl].map(
    (connectionString) => new pg.Client({ connectionString }),
  ) as [pg.Client, pg.Client];
  await Promise.all([app.connect(), owner.connect()]);
}, 30_000);
afterAll(async () => {
  await Promise.all([app.end(), owner.end()]);
  await database.drop();
});

/** A workspace that is being deleted, with a contact and a note about them. */
beforeEach(async () => {
  workspaceId = newId();
  const contact = newId();
  await owner.query(`insert into workspaces (id, name) values ($1, 'A shop')`, [workspaceId]);
  await owner.query(`insert into workspace_deletions (id, workspace_id, code) values ($1, $2, $3)`, [
    newId(),
    workspaceId,
    workspaceId.slice(0, 22),
  ]);
  await owner.query(`insert into contacts (workspace_id, id, name) values ($1, $2, 'Ada')`, [workspaceId, contact]);
  await owner.query(`insert into contact_notes (workspace_id, id, contact_id, text) values ($1, $2, $3, 'Called')`, [
    workspaceId,
    newId(),
    contact,
  ]);
});

const left = async (table: string) =>
  (await owner.query<{ n: number }>(`select count(*)::int as n from ${table} where workspace_id = $1`, [workspaceId]))
    .rows[0]?.n;

async function erase(table: string): Promise<string | undefined> {
  await app.query('begin');
  await app.query(`select set_config('app.workspace_id', $1, true)`, [workspaceId]);
  await app.query(`select * from erase_workspace_rows($1, '{}', 10)`, [table]);
  const { rows } = await app.query<{ role: string }>(`select current_setting('session_replication_role') as role`);
  await app.query('commit');
  return rows[0]?.role;
}

describe('the function that erases a workspace', () => {
  it('asks no other table about a row, and leaves foreign keys as they were for what comes after it', async () => {
    expect(await erase('contacts')).toBe('origin');
    // What refers to it has its own turn.
    expect([await left('contacts'), await left('contact_notes')]).toEqual([0, 1]);
    await erase('contact_notes');
    expect(await left('contact_notes')).toBe(0);
    const orphan = `insert into contact_notes (workspace_id, id, contact_id, text) values ($1, $2, $2, 'x')`;
    await expect(owner.query(orphan, [workspaceId, newId()])).rejects.toThrow(/foreign key/);
  });

  it('is the only way to that: the server may not say so itself', async () => {
    await expect(app.query(`set session_replication_role = replica`)).rejects.toThrow(/permission denied/);
  });

  it('works where its owner may not say so either, and then asks', async () => {
    const parameter = 'set on parameter session_replication_role';
    const { rows } = await owner.query<{ name: string }>('select current_user as name');
    const name = rows[0]?.name ?? '';
    await asAdmin((admin) => admin.query(`revoke ${parameter} from ${name}`));
    try {
      await erase('contacts');
      expect([await left('contacts'), await left('contact_notes')]).toEqual([0, 0]);
    } finally {
      await asAdmin((admin) => admin.query(`grant ${parameter} to ${name}`));
    }
  });
});
