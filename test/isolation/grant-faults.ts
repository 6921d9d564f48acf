import type pg from 'pg';
import { definerColumns, outsideRowSecurity, withheld } from './outside-row-security.js';
import type { Roles } from './wall-faults.js';

interface Grant {
  readonly what: 'table' | 'column' | 'sequence' | 'default' | 'schema' | 'setting';
  readonly name: string;
  readonly column: string | null;
  readonly privilege: string;
  readonly role: string;
  readonly partition: boolean;
}

const rowRights = new Set(['SELECT', 'INSERT', 'UPDATE', 'DELETE']);

/**
 * Every right that somebody has besides the owner and that nobody reviewed: on tables and partitions, on single columns, on
 * sequences, on what is made later (default privileges), on further schemas; and settings that a role or the database
 * brings along, which could name a workspace before any transaction does.
 */
export async function grantFaults(client: pg.Client, roles: Roles): Promise<string[]> {
  const { rows } = await client.query<Grant>(
    `select case c.relkind when 'S' then 'sequence' else 'table' end as what, c.relname as name, null as column,
            a.privilege_type as privilege, coalesce(r.rolname, 'public') as role, c.relispartition as partition
       from pg_class c cross join aclexplode(c.relacl) a left join pg_roles r on r.oid = a.grantee
      where c.relnamespace = 'public'::regnamespace and a.grantee <> c.relowner
     union all
     select 'column', c.relname, t.attname, a.privilege_type, coalesce(r.rolname, 'public'), c.relispartition
       from pg_class c join pg_attribute t on t.attrelid = c.oid cross join aclexplode(t.attacl) a left join pg_roles r on r.oid = a.grantee
      where c.relnamespace = 'public'::regnamespace and a.grantee <> c.relowner
     union all
     select 'default', d.defaclobjtype::text, null, a.privilege_type, coalesce(r.rolname, 'public'), false
       from pg_default_acl d cross join aclexplode(d.defaclacl) a left join pg_roles r on r.oid = a.grantee
      where a.grantee <> d.defaclrole
     union all
     select 'schema', n.nspname, null, 'USAGE', 'public', false
       from pg_namespace n where n.nspname not in ('public', 'information_schema') and n.nspname !~ '^pg_'
     union all
     select 'setting', setting, null, 'SET', coalesce(r.rolname, 'every role'), false
       from pg_db_role_setting s cross join unnest(s.setconfig) setting left join pg_roles r on r.oid = s.setrole
      where (s.setdatabase = 0 or s.setdatabase = (select oid from pg_database where datname = current_database()))
        and setting ~* '^(app\\.|row_security|search_path|role|session_)'`,
  );
  return rows.filter((grant) => !isReviewed(grant, roles)).map(inWords);
}

function isReviewed({ what, name, column, privilege, role, partition }: Grant, { app, definer }: Roles): boolean {
  if (partition) return false;
  if (what === 'column')
    return role === definer && privilege === 'SELECT' && definerColumns[name]?.includes(column ?? '') === true;
  if (what !== 'table' || !rowRights.has(privilege)) return false;
  if (role === app) return withheld[name]?.includes(privilege) !== true;
  // The functions write nothing of a workspace: what they read there are columns, granted one by one.
  return role === definer && outsideRowSecurity[name] !== undefined;
}

function inWords({ what, name, column, privilege, role, partition }: Grant): string {
  switch (what) {
    case 'table':
      return `${role} has ${privilege} on ${partition ? 'the partition ' : ''}${name}`;
    case 'column':
      return `${role} has ${privilege} on the column ${name}.${String(column)}`;
    case 'sequence':
      return `${role} has ${privilege} on the sequence ${name}`;
    case 'default':
      return `${role} will have ${privilege} on whatever is made next (default privileges, kind ${name})`;
    case 'schema':
      return `there is a schema ${name}, and nobody looks into it`;
    case 'setting':
      return `${role} brings along a setting: ${name}`;
  }
}
