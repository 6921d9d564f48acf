import type { QueryRunner } from 'typeorm';

type Privilege = 'select' | 'insert' | 'update' | 'delete';
const rows: readonly Privilege[] = ['select', 'insert', 'update', 'delete'];

/** The workspace of the transaction; null outside one, and then no row matches. Read once a statement. */
export const currentWorkspace = `(select nullif(current_setting('app.workspace_id', true), '')::uuid)`;

/**
 * Walls a table off by workspace: row security on and forced, one policy for the workspace of the transaction, one for
 * the owner's own work (which FORCE would otherwise bind: a backfill would touch no row, a dump would be empty), and row
 * rights for the server's role. `key` is the workspace column.
 */
export async function tenantTable(runner: QueryRunner, table: string, key = 'workspace_id'): Promise<void> {
  await runner.query(`alter table ${table} enable row level security`);
  await runner.query(`alter table ${table} force row level security`);
  await runner.query(
    `create policy workspace on ${table} using (${key} = ${currentWorkspace}) with check (${key} = ${currentWorkspace})`,
  );
  await runner.query(`create policy maintenance on ${table} to current_user using (true) with check (true)`);
  await grantRows(runner, table);
}

/** Gives the server's role the row rights it needs on a table, and nothing else. */
export async function grantRows(
  runner: QueryRunner,
  table: string,
  privileges: readonly Privilege[] = rows,
): Promise<void> {
  await runner.query(
    `do $$ begin execute format('grant ${privileges.join(', ')} on ${table} to %I', current_setting('parley.app_role')); end $$`,
  );
}

/** Lets the role of the audited functions read columns of a tenant table across workspaces. */
export async function readableByFunctions(
  runner: QueryRunner,
  table: string,
  columns: readonly string[],
): Promise<void> {
  await runner.query(`grant select (${columns.join(', ')}) on ${table} to parley_definer`);
  await runner.query(`create policy functions on ${table} for select to parley_definer using (true)`);
}

/**
 * Makes a function that runs with the rights of `parley_definer` (a role that nobody signs in as) and that only the
 * server's role may call. `create` is the whole create statement; it must fix its search_path.
 */
export async function definerFunction(runner: QueryRunner, signature: string, create: string): Promise<void> {
  await runner.query(create);
  await callableByApp(runner, signature);
  // A new owner needs the right to create in the schema at the moment of the change, and not afterwards.
  await runner.query(`grant create on schema public to parley_definer`);
  await runner.query(`alter function ${signature} owner to parley_definer`);
  await runner.query(`revoke create on schema public from parley_definer`);
}

/** A function that the server may call and nobody else: those that see past row security are called by no other role. */
export async function callableByApp(runner: QueryRunner, signature: string): Promise<void> {
  await runner.query(`revoke all on function ${signature} from public`);
  await runner.query(
    `do $$ begin execute format('grant execute on function ${signature} to %I', current_setting('parley.app_role')); end $$`,
  );
}
