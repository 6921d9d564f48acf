import pg from 'pg';
import { loadStatements } from './statements.js';

/** How much is loaded. There are ten messages to a conversation and one conversation to a contact. */
export interface LoadSize {
  readonly messages: number;
  /** The first of them holds a tenth of everything; the others share the rest unevenly. */
  readonly workspaces: number;
}

export interface Loaded extends LoadSize {
  readonly seconds: number;
  readonly bytes: number;
}

interface Index {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

/** The tables that hold nearly all rows: their indexes are built when the rows are there, which is several times faster. */
const large = ['contacts', 'contact_identities', 'conversations', 'messages'];

/**
 * Fills a migrated, empty database, as the cluster's superuser: row security binds the tables' owner too. The rows are made by
 * the server itself, without a word over the wire; the same size gives the same rows.
 */
export async function loadMessages(
  superuserUrl: string,
  size: LoadSize,
  log: (line: string) => void = () => undefined,
): Promise<Loaded> {
  const started = performance.now();
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  const step = async (name: string, statement: string): Promise<void> => {
    const before = performance.now();
    await client.query(statement);
    log(`${name}: ${((performance.now() - before) / 1_000).toFixed(1)} s`);
  };
  try {
    // Keys to other tables hold by construction; checking each would take longer than the load.
    await client.query(`set session_replication_role = replica; set synchronous_commit = off; set work_mem = '256MB';
      set maintenance_work_mem = '1GB'; set max_parallel_maintenance_workers = 2; set statement_timeout = 0`);
    const indexes = await secondaryIndexes(client);
    for (const { name } of indexes) await client.query(`drop index public.${name}`);
    const keys = await dropKeys(client);
    for (const [name, statement] of Object.entries(loadStatements(size))) await step(name, statement);
    for (const statement of keys) await step(statement.slice(0, 70), statement);
    for (const { name, definition } of indexes) await step(`index ${name}`, definition);
    await step('vacuum', 'vacuum (analyze)');
    await client.query('checkpoint');
    const { rows } = await client.query<{ bytes: string; messages: string }>(
      `select pg_database_size(current_database())::text as bytes, (select count(*) from messages)::text as messages`,
    );
    if (Number(rows[0]?.messages) !== size.messages)
      throw new Error(`${String(rows[0]?.messages)} messages were loaded, not ${String(size.messages)}.`);
    return { ...size, seconds: (performance.now() - started) / 1_000, bytes: Number(rows[0]?.bytes) };
  } finally {
    await client.end();
  }
}

/** The indexes that no constraint stands on, with what makes them again. */
async function secondaryIndexes(client: pg.Client): Promise<Index[]> {
  const { rows } = await client.query<Index>(
    `select tablename as table, indexname as name, indexdef as definition from pg_indexes
      where schemaname = 'public' and tablename = any ($1)
        and not exists (select from pg_constraint c where c.conname = indexname and c.contype in ('p', 'u'))
      order by 1, 2`,
    [large],
  );
  return rows;
}

/** Drops the primary and unique keys of the large tables with the references to them; gives the statements that bring them back. */
async function dropKeys(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ owner: string; table: string; name: string; kind: string; definition: string }>(
    `select t.relname as table, c.conname as name, c.contype as kind, pg_get_constraintdef(c.oid) as definition
       from pg_constraint c join pg_class t on t.oid = c.conrelid
      where (c.contype in ('p', 'u') and t.relname = any ($1))
         or (c.contype = 'f' and c.confrelid::regclass::text = any ($1))
      order by case c.contype when 'f' then 0 else 1 end, 1, 2`,
    [large],
  );
  for (const { table, name } of rows) await client.query(`alter table ${table} drop constraint ${name}`);
  return rows
    .toReversed()
    .map(
      ({ table, name, kind, definition }) =>
        `alter table ${table} add constraint ${name} ${definition}${kind === 'f' ? ' not valid' : ''}`,
    );
}
