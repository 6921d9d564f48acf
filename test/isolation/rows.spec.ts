import pg from 'pg';
import { newId } from '../../src/platform/database/index.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import type { Table } from './catalog.js';
import { definerFunctions } from './outside-row-security.js';
import { type SeededWorkspace, copyOf, digestOf, seedTwoWorkspaces } from './two-workspaces.js';

interface Outcome {
  readonly code: string | null;
  readonly constraint: string | null;
  readonly touched: number;
  readonly rows: readonly Record<string, unknown>[];
}

const refused = '42501';

describe('with a row of two workspaces in every table', () => {
  let database: TestDatabase;
  let owner: pg.Client;
  let app: pg.Client;
  let a: SeededWorkspace;
  let b: SeededWorkspace;
  let tables: Table[];

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new pg.Client({ connectionString: database.ownerUrl });
    app = new pg.Client({ connectionString: database.appUrl });
    await Promise.all([owner.connect(), app.connect()]);
    ({ a, b, tables } = await seedTwoWorkspaces(owner));
  });

  afterAll(async () => {
    await Promise.all([owner.end(), app.end()]);
    await database.drop();
  });

  /** One statement as the server's role, in a workspace or in none, undone afterwards. */
  async function attempt(workspace: string | null, text: string, values: unknown[] = []): Promise<Outcome> {
    await app.query('begin');
    try {
      if (workspace !== null) await app.query(`select set_config('app.workspace_id', $1, true)`, [workspace]);
      const { rowCount, rows } = await app.query<Record<string, unknown>>(text, values);
      return { code: null, constraint: null, touched: rowCount ?? 0, rows };
    } catch (error) {
      const { code = '', constraint = null } = error as { code?: string; constraint?: string };
      return { code, constraint, touched: 0, rows: [] };
    } finally {
      await app.query('rollback');
    }
  }

  const keyOf = (table: Table): string => table.key ?? '';
  /** The tables for which what was tried did not end as it must; so that one failure names them all. */
  async function exceptions(
    run: (table: Table) => Promise<Outcome>,
    fine: (outcome: Outcome, table: Table) => boolean,
  ): Promise<string[]> {
    const found: string[] = [];
    for (const table of tables) {
      const outcome = await run(table);
      if (!fine(outcome, table)) found.push(`${table.name}: ${JSON.stringify(outcome)}`);
    }
    return found;
  }

  const touchedNothing = ({ code, touched }: Outcome) => code === refused || (code === null && touched === 0);

  it('T1: has rows to look for, as the owner sees', async () => {
    expect(tables.length).toBeGreaterThan(30);
    for (const table of tables) {
      const { rows } = await owner.query(`select ${keyOf(table)} as workspace from ${table.name}`);
      expect([table.name, rows.map((row) => row.workspace).sort()]).toEqual([table.name, [a.id, b.id].sort()]);
    }
  });

  it('T3: shows nothing outside a workspace', async () => {
    const outcome = await exceptions(
      (table) => attempt(null, `select * from ${table.name}`),
      ({ code, touched }) => code === null && touched === 0,
    );
    expect(outcome).toEqual([]);
  });

  it('T4: shows nothing after a workspace, on a connection that is used again', async () => {
    await attempt(a.id, 'select 1');
    const outcome = await exceptions(
      (table) => attempt(null, `select * from ${table.name}`),
      ({ code, touched }) => code === null && touched === 0,
    );
    expect(outcome).toEqual([]);
  });

  it('T3: takes no write outside a workspace', async () => {
    const found = [
      ...(await exceptions(
        (table) => attempt(null, ...copyOf(table, a.rows.get(table.name) ?? {})),
        ({ code }) => code === refused,
      )),
      ...(await exceptions((table) => attempt(null, `delete from ${table.name}`), touchedNothing)),
      ...(await exceptions(
        (table) => attempt(null, `update ${table.name} set ${keyOf(table)} = ${keyOf(table)}`),
        touchedNothing,
      )),
    ];
    expect(found).toEqual([]);
  });

  it("T1: shows a workspace its own row and counts no other's [promise 23]", async () => {
    const own = await exceptions(
      (table) => attempt(a.id, `select ${keyOf(table)} as workspace from ${table.name}`),
      ({ rows }) => rows.length === 1 && rows[0]?.['workspace'] === a.id,
    );
    const foreign = await exceptions(
      (table) => attempt(a.id, `select from ${table.name} where ${keyOf(table)} = $1`, [b.id]),
      ({ code, touched }) => code === null && touched === 0,
    );
    expect([...own, ...foreign]).toEqual([]);
  });

  it('T1: lets a workspace change its own row, so that a refusal means something', async () => {
    const found = await exceptions(
      (table) => attempt(a.id, `update ${table.name} set ${keyOf(table)} = ${keyOf(table)}`),
      // The audit log is append-only for the server.
      ({ code, touched }, { name }) =>
        name === 'audit_entries' || name === 'audit_checkpoints' ? code === refused : touched === 1,
    );
    expect(found).toEqual([]);
  });

  it("T1: changes and removes no other's row", async () => {
    const found = [
      ...(await exceptions(
        (table) =>
          attempt(a.id, `update ${table.name} set ${keyOf(table)} = ${keyOf(table)} where ${keyOf(table)} = $1`, [
            b.id,
          ]),
        touchedNothing,
      )),
      ...(await exceptions(
        (table) => attempt(a.id, `delete from ${table.name} where ${keyOf(table)} = $1`, [b.id]),
        touchedNothing,
      )),
    ];
    expect(found).toEqual([]);
  });

  it('T1: puts no row into another workspace, and gives none of its own away', async () => {
    const found = [
      ...(await exceptions(
        (table) => attempt(a.id, ...copyOf(table, b.rows.get(table.name) ?? {})),
        ({ code }) => code === refused,
      )),
      ...(await exceptions(
        (table) => attempt(a.id, `update ${table.name} set ${keyOf(table)} = $1`, [b.id]),
        ({ code }) => code === refused,
      )),
    ];
    expect(found).toEqual([]);
  });

  it("T7: learns nothing of another's values from ON CONFLICT DO NOTHING", async () => {
    const found = await exceptions(
      (table) => {
        const [text, values] = copyOf(table, b.rows.get(table.name) ?? {});
        return attempt(a.id, `${text} on conflict do nothing`, values);
      },
      ({ code }) => code === refused,
    );
    expect(found).toEqual([]);
  });

  it('T7: may hold the same values as another in every key', async () => {
    const twin = newId();
    const values = tables.map((table) => [table, { ...a.rows.get(table.name), [table.key ?? '']: twin }] as const);
    const refused: string[] = [];
    await app.query('begin');
    try {
      await app.query(`select set_config('app.workspace_id', $1, true)`, [twin]);
      for (const [table, row] of values)
        await app.query(...copyOf(table, row, {})).catch((error: Error) => {
          refused.push(`${table.name}: ${error.message}`);
        });
    } finally {
      await app.query('rollback');
    }
    expect(refused).toEqual([]);
    expect(tables.flatMap(({ uniqueKeys }) => uniqueKeys).length).toBeGreaterThan(40);
  });

  it("T6: points no reference at another's row", async () => {
    const references = tables.flatMap((table) => table.foreignKeys.map((key) => ({ table, key })));
    const found: string[] = [];
    let probed = 0;
    for (const { table, key } of references) {
      const target = b.rows.get(key.to);
      const parts = key.columns
        .map((name, index) => ({ name, value: target?.[key.toColumns[index] ?? ''] }))
        .filter(({ name }) => name !== table.key);
      // A reference to the workspace alone is held by the policy; one to a table outside row security is reviewed.
      if (parts.length === 0 || !tables.some(({ name }) => name === key.to)) continue;
      probed += 1;
      const set = parts.map(({ name }, index) => `${name} = $${String(index + 1)}`).join(', ');
      const { code, constraint } = await attempt(
        a.id,
        `update ${table.name} set ${set}`,
        parts.map(({ value }) => value),
      );
      if (code !== '23503' || constraint !== key.name)
        found.push(`${table.name}.${key.name}: ${String(code)} ${String(constraint)}`);
    }
    expect(found).toEqual([]);
    expect(probed).toBeGreaterThan(20);
  });

  /** For each function that sees past row security: what workspace A tries with it, and what must come of it. */
  const probes: Readonly<Record<string, () => Promise<void>>> = {
    'api_tokens_by_hash(bytea[])': async () => {
      const text = 'select workspace_id from api_tokens_by_hash($1)';
      expect((await attempt(a.id, text, [[digestOf('aardvark')]])).rows).toEqual([{ workspace_id: a.id }]);
      expect((await attempt(a.id, text, [[oneBitOff(digestOf('buffalo'))]])).rows).toEqual([]);
    },
    'sessions_by_hash(bytea[])': async () => {
      const text = 'select memberships from sessions_by_hash($1)';
      const [own] = (await attempt(a.id, text, [[digestOf('aardvark')]])).rows;
      expect(own?.['memberships']).toEqual([expect.objectContaining({ workspaceId: a.id })]);
      expect((await attempt(a.id, text, [[oneBitOff(digestOf('buffalo'))]])).rows).toEqual([]);
    },
    'feed_positions(uuid[])': async () => {
      const { rows } = await attempt(a.id, 'select * from feed_positions($1)', [[b.id, newId()]]);
      expect(rows.map((row) => [row['workspace_id'], Object.keys(row)])).toEqual([[b.id, ['workspace_id', 'events']]]);
    },
    'route_accounts(bytea[])': async () => {
      const text = 'select workspace_id from route_accounts($1)';
      expect((await attempt(null, text, [[digestOf('buffalo')]])).rows).toEqual([{ workspace_id: b.id }]);
      expect((await attempt(a.id, text, [[oneBitOff(digestOf('buffalo'))]])).rows).toEqual([]);
    },
    'channels_of_grantors(bytea[])': async () => {
      const text = 'select * from channels_of_grantors($1)';
      const { rows } = await attempt(null, text, [[digestOf('buffalo')]]);
      const theirs = b.rows.get('channel_grantors')?.['channel_id'];
      expect(rows).toEqual([{ workspace_id: b.id, channel_id: theirs }]);
      expect((await attempt(a.id, text, [[oneBitOff(digestOf('buffalo'))]])).rows).toEqual([]);
    },
    'note_grantors(bytea[],uuid)': async () => {
      const theirs = b.rows.get('channel_grantors')?.['channel_id'];
      await unchanged('channel_grantors', `select note_grantors('{}', $1)`, [theirs]);
      expect((await attempt(null, 'select note_grantors($1, $2)', [[digestOf('buffalo')], theirs])).code).toBe('P0001');
    },
    'claim_account(bytea,uuid)': async () => {
      const channel = a.rows.get('channels')?.['id'];
      const text = 'select claim_account($1, $2) as claimed';
      expect((await attempt(a.id, text, [digestOf('buffalo'), channel])).rows).toEqual([{ claimed: false }]);
      expect((await attempt(a.id, text, [oneBitOff(digestOf('buffalo')), channel])).rows).toEqual([{ claimed: true }]);
      expect((await attempt(null, text, [oneBitOff(digestOf('buffalo')), channel])).code).toBe('P0001');
    },
    'freeze_account(bytea,boolean)': async () => {
      await unchanged('channel_directory', 'select freeze_account($1, true)', [digestOf('buffalo')]);
    },
    'release_account(bytea)': async () => {
      await unchanged('channel_directory', 'select release_account($1)', [digestOf('buffalo')]);
    },
    'rename_channel_digests(bytea[],bytea[])': async () => {
      const text = 'select rename_channel_digests($1, $2) as changed';
      const fresh = [oneBitOff(digestOf('buffalo'))];
      await unchanged('channel_directory', text, [[digestOf('buffalo')], fresh]);
      await unchanged('channel_grantors', text, [[b.rows.get('channel_grantors')?.['grantor']], fresh]);
      // The consent is renamed, which has the same digest here; the account does not take a name that is another's.
      const own = a.rows.get('channel_directory')?.['account'];
      expect((await attempt(a.id, text, [[own], [digestOf('buffalo')]])).rows).toEqual([{ changed: 1 }]);
      expect((await attempt(a.id, text, [[own], fresh])).rows).toEqual([{ changed: 2 }]);
    },
    // Both workspaces have a deletion on record here: it reaches the transaction's own rows all the same, and none outside one.
    'blank_audit_entries(uuid,integer)': async () => {
      const text = 'select blank_audit_entries($1, 100) as blanked';
      const [own, other] = [a, b].map(({ rows }) => rows.get('erasures')?.['id']);
      for (const [workspace, id] of [
        [a.id, other],
        [a.id, newId()],
        [newId(), own],
        [null, own],
      ] as const)
        expect((await attempt(workspace, text, [id])).code).toBe(refused);
    },
    'erase_workspace_rows(text,text[],integer)': async () => {
      const text = `select erased, last from erase_workspace_rows('attachments', '{}', 100)`;
      const own = a.rows.get('attachments')?.['id'];
      expect((await attempt(a.id, text)).rows).toEqual([{ erased: 1, last: [own] }]);
      expect((await attempt(newId(), text)).code).toBe(refused);
      expect((await attempt(null, text)).code).toBe(refused);
    },
    'note_sign_in(uuid,text,text)': async () => {
      const person = b.rows.get('members')?.['user_id'];
      const told = await attempt(a.id, `select note_sign_in($1, 'REFUSED', null) as told`, [person]);
      expect(told.rows).toEqual([{ told: null }]);
    },
    'prune_audit_entries(bigint,timestamp with time zone)': async () => {
      const text = `select prune_audit_entries($1, now() - interval '31 days') as gone`;
      const seq = b.rows.get('audit_checkpoints')?.['seq'];
      expect((await attempt(a.id, text, [seq])).rows).toEqual([{ gone: 0 }]);
      expect((await attempt(a.id, 'select prune_audit_entries($1, now())', [seq])).code).toBe(refused);
      expect((await attempt(newId(), text, [seq])).code).toBe(refused);
      expect((await attempt(null, text, [seq])).code).toBe(refused);
    },
    'privacy_figures(timestamp with time zone)': async () => {
      const { rows } = await attempt(a.id, 'select * from privacy_figures(now())');
      expect(rows).toHaveLength(1);
      expect(new Set(Object.keys(rows[0] ?? {}))).toEqual(
        new Set(['open', 'overdue', 'settled', 'median_seconds', 'in_five', 'in_thirty']),
      );
    },
    'void_tokens_of(uuid)': async () => {
      const person = b.rows.get('members')?.['user_id'];
      const told = await attempt(a.id, 'select void_tokens_of($1) as told', [person]);
      expect(told.rows).toEqual([{ told: null }]);
    },
    'is_owner_beside(uuid[])': async () => {
      const { rows } = await attempt(a.id, `select is_owner_beside('{}') as answer`);
      expect(rows).toEqual([{ answer: expect.any(Boolean) }]);
    },
    'workspaces_of(uuid)': async () => {
      const person = b.rows.get('members')?.['user_id'];
      const { rows } = await attempt(a.id, 'select * from workspaces_of($1)', [person]);
      expect(rows).toEqual([{ workspace_id: b.id }]);
    },
    'workspace_ids(uuid,integer)': async () => {
      const { rows } = await attempt(a.id, 'select * from workspace_ids(null, 100)');
      expect(rows.map((row) => row['id'])).toContain(b.id);
      expect(new Set(rows.flatMap((row) => Object.keys(row)))).toEqual(new Set(['id']));
    },
    'roll_deliveries()': async () => {
      await unchanged('deliveries', 'select roll_deliveries()');
    },
    'contacts_having(text[],jsonb,text[],integer)': async () => {
      await found('contacts', `select id from contacts_having('{}', '{}', '{}', 100) as id`, 'id');
      const theirs = await attempt(a.id, `select id from contacts_having(array['none'], '{}', '{}', 100) as id`);
      expect(theirs.rows).toEqual([]);
    },
    'search_contacts(text,integer)': () =>
      found('contacts', `select id from search_contacts('canary', 100) as id`, 'id'),
    'search_conversations(text,integer)': () =>
      found('conversations', `select id from search_conversations('canary', 100) as id`, 'id'),
    'search_messages(text,uuid,integer)': () =>
      found('messages', `select id from search_messages('canary', null, 100) as id`, 'id'),
    'search_passages(text,uuid[],integer)': async () => {
      await found('passages', `select id from search_passages('canary', null, 100)`, 'id');
      const foreign = b.rows.get('knowledge_sources')?.['id'];
      expect((await attempt(a.id, `select id from search_passages('canary', $1, 100)`, [[foreign]])).rows).toEqual([]);
    },
  };

  /** A search in A finds A's own row; outside a workspace it finds none. */
  async function found(table: string, text: string, column: string): Promise<void> {
    expect((await attempt(a.id, text)).rows).toEqual([{ [column]: a.rows.get(table)?.[column] }]);
    expect((await attempt(null, text)).rows).toEqual([]);
  }

  /** What A does with another's account leaves the table as it was; committed, to be looked at by the owner. */
  async function unchanged(table: string, text: string, values: unknown[] = []): Promise<void> {
    const all = async () => (await owner.query<Record<string, unknown>>(`select * from ${table} order by 1`)).rows;
    const before = await all();
    await app.query('begin');
    await app.query(`select set_config('app.workspace_id', $1, true)`, [a.id]);
    await app.query(text, values);
    await app.query('commit');
    expect(before.length).toBeGreaterThan(0);
    expect(await all()).toEqual(before);
  }

  it('T5: knows a probe for every function that sees past row security', () => {
    expect(Object.keys(probes).sort()).toEqual(Object.keys(definerFunctions).sort());
  });

  it.each(Object.keys(definerFunctions))('T5: tells nothing of another workspace by %s', async (signature) => {
    expect.hasAssertions();
    await probes[signature]?.();
  });

  it('T13: keeps whole tables from being emptied, changed or made', async () => {
    for (const text of [
      'truncate messages',
      'alter table messages disable row level security',
      'create table mine (id int)',
    ])
      expect([text, (await attempt(a.id, text)).code]).toEqual([text, refused]);
    expect((await attempt(a.id, 'set local role parley_definer')).code).toBe(refused);
    expect((await attempt(a.id, 'select * from deliveries_default')).code).toBe(refused);
    expect((await attempt(a.id, 'select * from channel_directory')).code).toBe(refused);
    // Switching row security off does not show more: it makes what a policy would hide an error.
    await app.query('set row_security = off');
    expect((await attempt(a.id, 'select * from messages')).code).toBe(refused);
    await app.query('reset row_security');
  });
});

function oneBitOff(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  changed[0] = (changed[0] ?? 0) ^ 1;
  return changed;
}
