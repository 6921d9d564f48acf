import type pg from 'pg';
import { type Policy, type Table, readPolicies, readTables } from './catalog.js';
import { grantFaults } from './grant-faults.js';
import { definerColumns, definerFunctions, outsideRowSecurity, ownedByOwner } from './outside-row-security.js';

/** Who signs in as what. */
export interface Roles {
  readonly owner: string;
  readonly app: string;
  readonly definer: string;
}

const ownWorkspace = (key: string) =>
  `(${key} = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))`;
// Unique across workspaces on purpose, and reviewed: a value that nobody can guess or choose.
const uniqueAcrossWorkspaces = new Set<string>([]);

/** Everything by which the wall between workspaces falls short; empty when it stands. */
export async function wallFaults(client: pg.Client, roles: Roles): Promise<string[]> {
  const tables = await readTables(client);
  const policies = await readPolicies(client);
  return [
    ...tables.flatMap((table) => tableFaults(table, policies, roles)),
    ...stale(
      Object.keys(outsideRowSecurity),
      tables.map((table) => table.name),
      'tables outside row security',
    ),
    ...(await roleFaults(client, roles)),
    ...(await grantFaults(client, roles)),
    ...(await functionFaults(client, roles)),
    ...(await viewFaults(client)),
  ];
}

function tableFaults(table: Table, policies: readonly Policy[], roles: Roles): string[] {
  if (outsideRowSecurity[table.name] !== undefined) {
    return table.rowSecurity ? [`${table.name} is on the list of tables outside row security, and is not outside`] : [];
  }
  const { key } = table;
  if (key === null) return [`${table.name} has no workspace_id and no reason to be outside row security`];
  const faults: string[] = [];
  if (!table.columns.some((column) => column.name === key && column.required && column.type === 'uuid'))
    faults.push(`${table.name}.${key} may be null, or is no uuid`);
  if (!table.rowSecurity) faults.push(`${table.name} has row security off`);
  if (!table.forced) faults.push(`${table.name} does not bind its owner (force row level security)`);
  faults.push(...policyFaults(table.name, key, policies, roles));
  if (!table.uniqueKeys.some((unique) => unique.primary)) faults.push(`${table.name} has no primary key`);
  for (const unique of table.uniqueKeys)
    if (unique.columns[0] !== key && !uniqueAcrossWorkspaces.has(unique.name))
      faults.push(`${unique.name} is unique across workspaces, so that one learns of another's values`);
  for (const reference of table.foreignKeys) faults.push(...referenceFaults(table, key, reference));
  return faults;
}

function policyFaults(table: string, key: string, policies: readonly Policy[], roles: Roles): string[] {
  const own = policies.filter((policy) => policy.table === table);
  const faults: string[] = [];
  const found = (name: string) => own.find((policy) => policy.name === name);
  const workspace = found('workspace');
  const condition = ownWorkspace(key);
  if (workspace?.using !== condition || workspace.check !== condition || workspace.command !== 'ALL')
    faults.push(`${table} has no policy \`workspace\` that holds reads and writes to the transaction's workspace`);
  const maintenance = found('maintenance');
  if (maintenance?.using !== 'true' || maintenance.check !== 'true' || String(maintenance.roles) !== roles.owner)
    faults.push(`${table} has no policy \`maintenance\` for its owner alone`);
  for (const policy of own) {
    if (policy.name === 'workspace' || policy.name === 'maintenance') continue;
    const fine = policy.name === 'functions' && policy.command === 'SELECT' && String(policy.roles) === roles.definer;
    if (!fine || definerColumns[table] === undefined)
      faults.push(`${table} has a policy that nobody reviewed: ${policy.name}`);
  }
  if (definerColumns[table] !== undefined && found('functions')?.using !== 'true')
    faults.push(`${table} has no policy \`functions\`, so the audited functions are blind to it`);
  return faults;
}

function referenceFaults(table: Table, key: string, reference: Table['foreignKeys'][number]): string[] {
  if (outsideRowSecurity[reference.to] !== undefined) return [];
  const toKey = reference.to === 'workspaces' ? 'id' : 'workspace_id';
  return reference.columns[0] === key && reference.toColumns[0] === toKey
    ? []
    : [`${table.name}.${reference.name} may point at another workspace's row`];
}

async function roleFaults(client: pg.Client, { app, definer }: Roles): Promise<string[]> {
  const { rows } = await client.query<{ fault: string }>(
    `select fault from (
       select case when rolsuper then 'is a superuser' end as fault from pg_roles where rolname = $1
       union all select case when rolbypassrls then 'may bypass row security' end from pg_roles where rolname in ($1, $2)
       union all select case when rolcreaterole or rolcreatedb or rolreplication then 'has rights over the server' end from pg_roles where rolname = $1
       union all select case when rolcanlogin then 'somebody may sign in as the role of the audited functions' end from pg_roles where rolname = $2
       union all select 'owns ' || c.oid::regclass::text from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = $1
       union all select 'owns a function: ' || p.oid::regprocedure::text from pg_proc p join pg_roles r on r.oid = p.proowner where r.rolname = $1
       union all select 'is a member of ' || g.rolname from pg_auth_members m join pg_roles g on g.oid = m.roleid
                   join pg_roles r on r.oid = m.member where r.rolname = $1
       union all select 'may create in the schema' where has_schema_privilege($1, 'public', 'create')
       union all select 'may create in the database' where has_database_privilege($1, current_database(), 'create')
       union all select 'may make temporary tables' where has_database_privilege($1, current_database(), 'temporary')
     ) found where fault is not null`,
    [app, definer],
  );
  return rows.map(({ fault }) => `The server's role: ${fault}`);
}

async function functionFaults(client: pg.Client, roles: Roles): Promise<string[]> {
  const { rows } = await client.query<{ signature: string; owner: string; fixed: boolean; open: boolean }>(
    `select p.oid::regprocedure::text as signature, r.rolname as owner,
            coalesce(p.proconfig && array['search_path=pg_catalog, public', 'search_path=pg_catalog'], false) as fixed,
            has_function_privilege('public', p.oid, 'execute') as open
       from pg_proc p join pg_roles r on r.oid = p.proowner
      where p.pronamespace = 'public'::regnamespace and p.prosecdef order by 1`,
  );
  const faults = rows.flatMap(({ signature, owner, fixed, open }) => [
    ...(definerFunctions[signature] === undefined
      ? [`${signature} sees past row security and nobody reviewed it`]
      : []),
    ...(fixed ? [] : [`${signature} has no fixed search_path`]),
    ...(open ? [`everyone may call ${signature}`] : []),
    ...(owner === roles.definer || ownedByOwner.has(signature) ? [] : [`${signature} belongs to ${owner}`]),
  ]);
  return [
    ...faults,
    ...stale(
      Object.keys(definerFunctions),
      rows.map((row) => row.signature),
      'functions that see past row security',
    ),
  ];
}

async function viewFaults(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c
      where c.relnamespace = 'public'::regnamespace and (c.relkind = 'm' or c.relkind = 'f'
         or (c.relkind = 'v' and not coalesce(c.reloptions && array['security_invoker=true', 'security_invoker=on', 'security_invoker=1'], false)))`,
  );
  return rows.map(({ name }) => `${name} shows rows with its owner's eyes (a view needs security_invoker)`);
}

function stale(listed: readonly string[], there: readonly string[], what: string): string[] {
  return listed
    .filter((name) => !there.includes(name))
    .map((name) => `The list of ${what} names ${name}, which is gone`);
}
