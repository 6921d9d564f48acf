import { createHash } from 'node:crypto';
import type pg from 'pg';
import { newId } from '../../src/platform/database/index.js';
import { type Column, type Table, inOrderOfReference, readTables } from './catalog.js';
import { outsideRowSecurity } from './outside-row-security.js';

type Row = Readonly<Record<string, unknown>>;

/** A word that stands in every text of a workspace's rows. */
export type Label = 'aardvark' | 'buffalo';

/** One workspace with a row in every table. */
export interface SeededWorkspace {
  readonly id: string;
  readonly label: Label;
  /** The one row of each table, by the table's name. */
  readonly rows: ReadonlyMap<string, Row>;
}

/** The bytes that stand in every digest of a workspace's rows. */
export function digestOf(label: Label): Buffer {
  return createHash('sha256').update(label).digest();
}

/**
 * Puts one row into every table for each of two workspaces, made up from the catalog alone: a new table is seeded without
 * a word here, and one that cannot be seeded throws.
 */
export async function seedTwoWorkspaces(
  owner: pg.Client,
): Promise<{ a: SeededWorkspace; b: SeededWorkspace; tables: Table[] }> {
  const tables = inOrderOfReference(await readTables(owner)).filter((table) => table.name !== 'migrations');
  const a = await seed(owner, tables, 'aardvark');
  const b = await seed(owner, tables, 'buffalo');
  // What was counted with these rows stands beside the row that is looked for.
  await owner.query(`delete from usage_counters where period = '1970-01-01'`);
  return { a, b, tables: tables.filter((table) => outsideRowSecurity[table.name] === undefined) };
}

/** Inserts a row as it stands in a workspace, under an id of its own; `changed` columns are not as they stand. */
export function copyOf(table: Table, row: Row, changed: Row = { id: newId() }): [text: string, values: unknown[]] {
  const names = table.columns.filter((column) => !column.generated).map((column) => column.name);
  const values = names.map((name) => (name in changed && name !== table.key ? changed[name] : row[name]));
  return [
    `insert into ${table.name} (${names.join(', ')}) values (${names.map((_, index) => `$${String(index + 1)}`).join(', ')})`,
    values,
  ];
}

/** Makes up a row for each walled table in which a workspace has none. */
export async function fillEmptyTables(owner: pg.Client, id: string, label: Label): Promise<void> {
  const tables = inOrderOfReference(await readTables(owner)).filter(({ name }) => name !== 'migrations');
  const rows = new Map<string, Row>();
  for (const table of tables) {
    if (table.key === null && table.name !== 'users') continue;
    const condition =
      table.name === 'users'
        ? 'id in (select user_id from members where workspace_id = $1)'
        : `${String(table.key)} = $1`;
    const found = await owner.query<Row>(`select * from ${table.name} where ${condition} limit 1`, [id]);
    if (found.rows[0] !== undefined) rows.set(table.name, found.rows[0]);
    else if (outsideRowSecurity[table.name] === undefined) {
      rows.set(table.name, await insertMadeUp(owner, table, id, label, rows));
    }
  }
}

async function seed(owner: pg.Client, tables: readonly Table[], label: Label): Promise<SeededWorkspace> {
  const id = newId();
  const rows = new Map<string, Row>();
  for (const table of tables) rows.set(table.name, await insertMadeUp(owner, table, id, label, rows));
  return { id, label, rows };
}

async function insertMadeUp(
  owner: pg.Client,
  table: Table,
  id: string,
  label: Label,
  rows: ReadonlyMap<string, Row>,
): Promise<Row> {
  const row = madeUp(table, id, label, rows);
  const names = Object.keys(row);
  const places = names.map((_, index) => `$${String(index + 1)}`);
  const { rows: stored } = await owner
    .query<Row>(
      `insert into ${table.name} (${names.join(', ')}) values (${places.join(', ')}) returning *`,
      Object.values(row),
    )
    .catch((error: Error) => {
      throw new Error(`No row could be made up for ${table.name} (${error.message}), so nothing is known of its wall.`);
    });
  return stored[0] ?? {};
}

function madeUp(table: Table, workspaceId: string, label: Label, rows: ReadonlyMap<string, Row>): Row {
  const row: Record<string, unknown> = {};
  const given = table.columns.filter((column) => !column.generated);
  for (const column of given) {
    const value = valueFor(table, column, label);
    if (value !== undefined) row[column.name] = value;
  }
  for (const key of table.foreignKeys) {
    const target = rows.get(key.to);
    key.columns.forEach((name, index) => {
      if (!given.some((column) => column.name === name)) return;
      // A row that refers to its own kind refers to none: there is no other yet.
      if (key.to === table.name) {
        if (name !== 'workspace_id') row[name] = null;
      } else if (target !== undefined) row[name] = target[key.toColumns[index] ?? ''];
    });
  }
  if (table.key !== null) row[table.key] = workspaceId;
  return row;
}

function valueFor(table: Table, column: Column, label: Label): unknown {
  const allowed = allowedBy(table.checks, column.name);
  if (allowed !== null) return allowed;
  if (column.words !== null) return column.words[0];
  switch (column.type) {
    case 'uuid':
      return newId();
    case 'text':
      return `canary ${label}`;
    case 'text[]':
      return [allowedIn(table.checks, column.name) ?? `canary ${label}`];
    case 'uuid[]':
      return [newId()];
    case 'timestamp with time zone[]':
      return [];
    case 'bytea':
      return digestOf(label);
    case 'bytea[]':
      return [digestOf(label)];
    case 'bit varying(4096)':
      return '10';
    case 'jsonb':
      return { canary: label };
    case 'boolean':
      return false;
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'double precision':
      return 1;
    case 'date':
      return new Date();
    case 'timestamp with time zone':
      // A time that may be missing says that something happened (was deleted, set aside, read): here nothing did.
      return column.required ? new Date(Date.now() + 86_400_000) : undefined;
    default:
      throw new Error(
        `No value can be made up for ${table.name}.${column.name} (${column.type}): teach it to two-workspaces.ts.`,
      );
  }
}

/** The first value that a check such as `mail <@ array['MENTIONED', …]` lets a column hold. */
function allowedIn(checks: readonly string[], column: string): string | null {
  const list = checks.map((check) => new RegExp(`\\(${column} <@ ARRAY\\[(.*?)\\]\\)`).exec(check)?.[1]);
  return /'([^']*)'::text/.exec(list.find((found) => found !== undefined) ?? '')?.[1] ?? null;
}

/** The first value that a check such as `status in ('OPEN', …)` lets a column have. */
function allowedBy(checks: readonly string[], column: string): string | null {
  for (const check of checks) {
    const [, list] = new RegExp(`\\(\\(?${column} = ANY \\(ARRAY\\[(.*?)\\]\\)\\)`).exec(check) ?? [];
    const [, first] = /'([^']*)'::text/.exec(list ?? '') ?? [];
    if (first !== undefined) return first;
  }
  return null;
}
