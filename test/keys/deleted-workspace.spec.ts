import type pg from 'pg';
import { storedSecrets } from '../../src/cli/stored-secrets.js';
import { openSystemDatabase } from '../../src/platform/database/index.js';
import { CheckKeys, KeyRing, Secrets, openKeyRing } from '../../src/platform/secrets/index.js';
import { keysOf } from '../support/app.js';
import { eventually } from '../support/client.js';
import { InboxUnderTest, type TestInbox } from '../support/inbox.js';
import { newKey } from './stored-keys.js';

type Row = Readonly<Record<string, unknown>>;
const copied = ['workspaces', 'ai_settings', 'workspace_keys'] as const;
const token = 'a-token-that-nobody-shall-read-again';

/** Case S1: rows that were copied before, into a backup or by a thief, are worth nothing once the key is gone. */
describe("a deleted workspace's secrets", () => {
  let server: InboxUnderTest;
  let inbox: TestInbox;
  let opened: Awaited<ReturnType<typeof openSystemDatabase>>;
  const copy = new Map<string, Row[]>();

  beforeAll(async () => {
    server = await InboxUnderTest.start();
    inbox = await server.inbox();
    opened = await openSystemDatabase(server.app.database.appUrl);
    const place = { table: 'ai_settings', column: 'api_key', row: 'settings' };
    const secrets = server.app.app.get(Secrets);
    const sealed = await opened.workspaces.run(inbox.workspaceId, (tx) => secrets.encrypt(tx, place, token));
    await server.admin.query(
      `insert into ai_settings (workspace_id, api_key) values ($1, $2)
       on conflict (workspace_id) do update set api_key = excluded.api_key`,
      [inbox.workspaceId, sealed],
    );
    for (const table of copied) copy.set(table, await rowsOf(server.admin, table));
    const { workspace } = await inbox.client.ask<{ workspace: { name: string } }>('{ workspace { name } }');
    await inbox.client.ask('mutation ($name: String!) { deleteWorkspace(confirmName: $name) { id } }', {
      name: workspace.name,
    });
    await eventually(async () => ((await rowsOf(server.admin, 'workspaces')).length === 0 ? true : null));
  }, 60_000);
  afterAll(async () => {
    await opened.close();
    await server.stop();
  });

  const rowsOf = async (admin: pg.Client, table: (typeof copied)[number]): Promise<Row[]> => {
    const { rows } = await admin.query<Row>(
      `select * from ${table} where ${table === 'workspaces' ? 'id' : 'workspace_id'} = $1`,
      [inbox.workspaceId],
    );
    return rows;
  };
  const restore = async (table: (typeof copied)[number]) => {
    for (const row of copy.get(table) ?? []) {
      const names = Object.keys(row);
      const values = names.map((name) => (isPlain(row[name]) ? JSON.stringify(row[name]) : row[name]));
      await server.admin.query(
        `insert into ${table} (${names.map((name) => `"${name}"`).join(', ')}) values (${names.map((_, n) => `$${String(n + 1)}`).join(', ')})`,
        values,
      );
    }
  };
  const unopened = async (ring: KeyRing) =>
    (await new CheckKeys(opened.workspaces, opened.system, ring, storedSecrets).run()).unopened.map(
      ({ table, column, why }) => [`${table}.${column}`, why],
    );

  it('go with its data key: the deletion leaves no row of it', async () => {
    expect(copy.get('workspace_keys')).toHaveLength(1);
    expect(await rowsOf(server.admin, 'workspace_keys')).toEqual([]);
    expect(await rowsOf(server.admin, 'ai_settings')).toEqual([]);
  });

  it('cannot be opened from a copy of their rows, with every key that the deployment has', async () => {
    await restore('workspaces');
    await restore('ai_settings');
    const ring = await openKeyRing({ encryptionKeys: keysOf(server.app.database) }, opened.system);
    expect(await unopened(ring)).toEqual([['ai_settings.api_key', 'The data key of this ciphertext is gone']]);
  });

  it('nor from a copy that has the data key too, once the key of the deployment was replaced and destroyed', async () => {
    await restore('workspace_keys');
    const first = keysOf(server.app.database);
    expect(await unopened(new KeyRing({ encryptionKeys: first }))).toEqual([]);
    // What stays of the destroyed key, its root, opens nothing that it wrapped.
    const second = newKey('k2');
    const both = await openKeyRing({ encryptionKeys: `${second},${first}` }, opened.system);
    const kept = new KeyRing({ encryptionKeys: second }, [{ id: 'k1', root: both.rootOf('k1') }]);
    const found = await unopened(kept);
    expect(found.map(([place]) => place).sort()).toEqual(['ai_settings.api_key', 'workspace_keys.wrapped']);
    expect(JSON.stringify(found)).toContain('ENCRYPTION_KEYS lacks the key \\"k1\\"');
  });
});

/** A value of a jsonb column, as the driver gives it. */
function isPlain(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !(value instanceof Date) && !Buffer.isBuffer(value);
}
