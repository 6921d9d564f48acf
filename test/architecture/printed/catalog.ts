import type pg from 'pg';
import type { Source } from './documents.js';

/**
 * What an empty, migrated database holds, as pg_catalog says: in one order, roles by what they are, and without what
 * differs from day to day (the daily partitions of `deliveries`).
 */
export async function printCatalog({ owner }: Pick<Source, 'owner'>): Promise<string> {
  const roles = await readRoles(owner);
  const named = (text: string) =>
    roles.reduce((all, [name, as]) => all.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), as), text);
  const parts = [
    ...(await rows(
      owner,
      `select 'extension ' || extname as text from pg_extension where extname <> 'plpgsql' order by extname`,
    )),
    ...(await tables(owner)),
    ...(await rows(owner, functions)),
    ...(await rows(owner, others)),
  ];
  return `${head}\n\n${named(parts.join('\n\n'))}\n`;
}

const head = `-- What the migrations make of an empty database, as its catalog says. Printed by \`npm run print\`; not to be run.
-- Roles: <owner> migrates, <app> is the server's, parley_definer owns the functions that see past row security.
-- Left out: the daily partitions of deliveries, which come and go.`;

async function readRoles(owner: pg.Client): Promise<[name: string, as: string][]> {
  const { rows: found } = await owner.query<{ owner: string; app: string }>(
    `select current_user as owner, (select r.rolname from pg_class c cross join aclexplode(c.relacl) a join pg_roles r on r.oid = a.grantee
       where c.oid = 'public.messages'::regclass and a.privilege_type = 'INSERT' and a.grantee <> c.relowner) as app`,
  );
  return [
    [String(found[0]?.owner), '<owner>'],
    [String(found[0]?.app), '<app>'],
  ];
}

async function rows(owner: pg.Client, text: string, values: unknown[] = []): Promise<string[]> {
  return (await owner.query<{ text: string }>(text, values)).rows.map((row) => row.text);
}

async function tables(owner: pg.Client): Promise<string[]> {
  const { rows: found } = await owner.query<{ oid: number; head: string }>(`
    select c.oid::int as oid,
           case c.relkind when 'v' then 'view ' when 'm' then 'materialized view ' else 'table ' end || c.relname
           || case when c.relkind = 'p' then ' partitioned by ' || pg_get_partkeydef(c.oid) else '' end
           || case when c.relispartition then ' partition of ' || (select inhparent::regclass::text from pg_inherits where inhrelid = c.oid)
                   || ' ' || pg_get_expr(c.relpartbound, c.oid) else '' end
           || coalesce(' with (' || array_to_string(c.reloptions, ', ') || ')', '')
           || case when c.relrowsecurity then ', row security on' else '' end || case when c.relforcerowsecurity then ' and forced' else '' end
           || ', owner ' || c.relowner::regrole::text as head
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
       and c.relname !~ '^deliveries_[0-9]{8}$' order by c.relname`);
  const printed: string[] = [];
  for (const { oid, head: line } of found) printed.push([line, ...(await rows(owner, parts, [oid]))].join('\n  '));
  return printed;
}

// The lines under a table: columns, constraints, indexes, policies, rights, triggers.
const parts = `
  select text from (
    select 1 as part, lpad(a.attnum::text, 5, '0') as place,
           a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end
           || case when d.oid is null then '' when a.attgenerated <> '' then ' generated as ' || pg_get_expr(d.adbin, d.adrelid)
                   else ' default ' || pg_get_expr(d.adbin, d.adrelid) end
           || case when a.attidentity <> '' then ' identity' else '' end as text
      from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     where a.attrelid = $1 and a.attnum > 0 and not a.attisdropped
    union all
    select 2, contype::text || conname, 'constraint ' || conname || ' ' || pg_get_constraintdef(oid)
      from pg_constraint where conrelid = $1 and contype in ('p', 'u', 'f', 'c', 'x') and (conparentid = 0 or contype <> 'f')
    union all
    select 3, c.relname, pg_get_indexdef(i.indexrelid)
      from pg_index i join pg_class c on c.oid = i.indexrelid
     where i.indrelid = $1 and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
    union all
    select 4, polname, 'policy ' || polname || case when polpermissive then '' else ' restrictive' end
           || ' for ' || case polcmd when '*' then 'all' when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' else 'delete' end
           || ' to ' || (select string_agg(case when r = 0 then 'public' else r::regrole::text end, ', ' order by r) from unnest(polroles) r)
           || coalesce(' using ' || pg_get_expr(polqual, polrelid), '') || coalesce(' with check ' || pg_get_expr(polwithcheck, polrelid), '')
      from pg_policy where polrelid = $1
    union all
    select 5, g.grantee, 'grant ' || string_agg(lower(g.privilege), ', ' order by g.privilege) || ' to ' || g.grantee
      from (select a.privilege_type as privilege, case when a.grantee = 0 then 'public' else a.grantee::regrole::text end as grantee
              from pg_class c cross join aclexplode(c.relacl) a where c.oid = $1 and a.grantee <> c.relowner) g group by g.grantee
    union all
    select 6, g.grantee || g.privilege, 'grant ' || lower(g.privilege) || ' (' || string_agg(g.attname, ', ' order by g.attnum) || ') to ' || g.grantee
      from (select a.attname::text, a.attnum, x.privilege_type as privilege, x.grantee::regrole::text as grantee
              from pg_attribute a cross join aclexplode(a.attacl) x where a.attrelid = $1) g group by g.grantee, g.privilege
    union all
    select 7, tgname, pg_get_triggerdef(oid) from pg_trigger where tgrelid = $1 and not tgisinternal
    union all
    select 8, '', 'as ' || pg_get_viewdef($1::oid) from pg_class where oid = $1 and relkind in ('v', 'm')
  ) lines order by part, place collate "C", text collate "C"`;

const notOfAnExtension = (catalog: string, oid: string) =>
  `not exists (select from pg_depend d where d.classid = '${catalog}'::regclass and d.objid = ${oid} and d.deptype = 'e')`;

const functions = `
  select rtrim(pg_get_functiondef(p.oid), E'\\n') || E'\\n-- owner ' || p.proowner::regrole::text || ', may be called by ' ||
         coalesce((select string_agg(case when a.grantee = 0 then 'public' else a.grantee::regrole::text end, ', ' order by a.grantee::regrole::text collate "C")
                     from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee <> p.proowner), 'nobody else') as text
    from pg_proc p where p.pronamespace = 'public'::regnamespace and ${notOfAnExtension('pg_proc', 'p.oid')} order by p.oid::regprocedure::text collate "C"`;

// Sequences, types of one's own, and the schema itself.
const others = `
  select text from (
    select 1 as part, 'sequence ' || c.relname || ', owner ' || c.relowner::regrole::text as text
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'S'
    union all
    select 2, 'type ' || t.typname || coalesce(': ' || (select string_agg(e.enumlabel, ', ' order by e.enumsortorder)
                                                         from pg_enum e where e.enumtypid = t.oid), '') from pg_type t
     where t.typnamespace = 'public'::regnamespace and t.typtype in ('e', 'd', 'r') and ${notOfAnExtension('pg_type', 't.oid')}
    union all
    select 3, 'schema public: ' || string_agg(grantee || ' may ' || rights, '; ' order by grantee)
      from (select case when a.grantee = 0 then 'public' else a.grantee::regrole::text end as grantee,
                   string_agg(lower(a.privilege_type), ', ' order by a.privilege_type) as rights
              from pg_namespace n cross join aclexplode(n.nspacl) a where n.nspname = 'public' and a.grantee <> n.nspowner group by 1) g
  ) found order by part, text collate "C"`;
