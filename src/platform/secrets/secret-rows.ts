import { type SystemDatabase, type WorkspaceTransaction, sql, sqlName } from '../database/index.js';
import type { SecretPlace } from './secrets.js';
import type { InstanceSecret, WorkspaceSecret } from './stored-secrets.js';

/** One ciphertext, and the key of its row. */
export interface SecretRow {
  readonly key: string;
  readonly stored: Buffer;
}

/** A ciphertext made anew from the one that stood there. */
export interface Rewritten extends SecretRow {
  readonly fresh: Buffer;
}

const nil = '00000000-0000-0000-0000-000000000000';

/** Where `Secrets` finds the ciphertext of a row. */
export function placeOf(secret: WorkspaceSecret, key: string): SecretPlace {
  return { table: secret.table, column: secret.column, row: secret.row ?? key };
}

/** The next ciphertexts of a workspace's column after a row; with `except` only those of other data keys. */
export function readSecrets(
  tx: WorkspaceTransaction,
  secret: WorkspaceSecret,
  { after, limit, except = null }: { after: string | null; limit: number; except?: string | null },
): Promise<SecretRow[]> {
  const [table, column, key] = [sqlName(secret.table), sqlName(secret.column), sqlName(secret.key)];
  return tx.query<SecretRow>(sql`
    select ${key} as key, ${column} as stored from ${table}
     where workspace_id = ${tx.workspaceId} and ${column} is not null and ${key} > ${after ?? nil}::uuid
       and (${except}::text is null or ${dataKeyOf(secret)} is distinct from ${except})
     order by ${key} limit ${limit}`);
}

/** The ids of the data keys that a workspace's column still needs. */
export async function dataKeysIn(tx: WorkspaceTransaction, secret: WorkspaceSecret): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(sql`
    select distinct ${dataKeyOf(secret)} as id from ${sqlName(secret.table)}
     where workspace_id = ${tx.workspaceId} and ${sqlName(secret.column)} is not null`);
  return rows.map(({ id }) => id);
}

/** Puts ciphertexts in place of those that they were made from; a row that was written meanwhile, or is held, keeps what it has. */
export function writeSecrets(
  tx: WorkspaceTransaction,
  secret: WorkspaceSecret,
  rows: readonly Rewritten[],
): Promise<number> {
  const [table, column, key] = [sqlName(secret.table), sqlName(secret.column), sqlName(secret.key)];
  return tx.execute(sql`
    with rewritten as (select * from unnest(${rows.map((row) => row.key)}::uuid[], ${rows.map((row) => row.stored)}::bytea[],
                                            ${rows.map((row) => row.fresh)}::bytea[]) as r (key, stored, fresh)),
         free as materialized (select t.${key} as key from ${table} t
                                where t.workspace_id = ${tx.workspaceId} and t.${key} in (select r.key from rewritten r)
                                order by t.${key} for update skip locked)
    update ${table} t set ${column} = r.fresh from rewritten r, free f
     where t.workspace_id = ${tx.workspaceId} and t.${key} = r.key and f.key = r.key and t.${column} = r.stored`);
}

/** The next ciphertexts of a column of the instance after a row; with `except` only those of other keys of the deployment. */
export function readInstanceSecrets(
  system: SystemDatabase,
  secret: InstanceSecret,
  { after, limit, except = null }: { after: string | null; limit: number; except?: string | null },
): Promise<SecretRow[]> {
  const [table, column, key, type] = namesOf(secret);
  return system.query<SecretRow>(sql`
    select ${key}::text as key, ${column} as stored from ${table}
     where ${column} is not null and (${after}::text is null or ${key} > ${after}::${type})
       and (${except}::text is null or ${instanceKeyOf(secret)} is distinct from ${except})
     order by ${key} limit ${limit}`);
}

/** How many ciphertexts of a column of the instance need each key of the deployment. */
export function instanceKeysIn(
  system: SystemDatabase,
  secret: InstanceSecret,
): Promise<{ id: string; rows: number }[]> {
  return system.query<{ id: string; rows: number }>(sql`
    select ${instanceKeyOf(secret)} as id, count(*)::int as rows from ${sqlName(secret.table)}
     where ${sqlName(secret.column)} is not null group by 1`);
}

/** As writeSecrets, outside every workspace. */
export function writeInstanceSecrets(
  system: SystemDatabase,
  secret: InstanceSecret,
  rows: readonly Rewritten[],
): Promise<number> {
  const [table, column, key, type] = namesOf(secret);
  return system.execute(sql`
    with rewritten as (select * from unnest(${rows.map((row) => row.key)}::${type}[], ${rows.map((row) => row.stored)}::bytea[],
                                            ${rows.map((row) => row.fresh)}::bytea[]) as r (key, stored, fresh)),
         free as materialized (select t.${key} as key from ${table} t
                                where t.${key} in (select r.key from rewritten r) for update skip locked)
    update ${table} t set ${column} = r.fresh from rewritten r, free f
     where t.${key} = r.key and f.key = r.key and t.${column} = r.stored`);
}

function namesOf({ table, column, key, keyType }: InstanceSecret) {
  return [sqlName(table), sqlName(column), sqlName(key), sqlName(keyType)] as const;
}

// The header is plain text and ends long before 120 bytes; what follows may be no text at all.
function dataKeyOf({ column }: WorkspaceSecret) {
  return sql`split_part(encode(substring(${sqlName(column)} from 1 for 120), 'escape'), '|', 3)`;
}
function instanceKeyOf({ column }: InstanceSecret) {
  return sql`split_part(encode(substring(${sqlName(column)} from 1 for 40), 'escape'), '|', 2)`;
}
