import type { MigrationInterface, QueryRunner } from 'typeorm';
import { callableByApp, grantRows } from './statements/tenant-table.js';

/** Memberships that can end while their work stays, and the record of workspaces that were deleted. */
export class Leaving1763700620000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Whose membership ended has no person behind it any more: what they wrote stays, without their name.
    await runner.query(`alter table members alter column user_id drop not null`);

    // Outside row security: it has to be there when the workspace is not. It holds numbers and times, nothing of what was erased.
    await runner.query(`
      create table workspace_deletions (
        id uuid primary key,
        workspace_id uuid not null unique,
        code text not null unique,
        requested_at timestamptz not null default now(),
        erased jsonb not null default '{}',
        completed_at timestamptz
      )`);
    await runner.query(
      `create index workspace_deletions_open on workspace_deletions (requested_at) where completed_at is null`,
    );
    await grantRows(runner, 'workspace_deletions', ['select', 'insert', 'update']);

    // What was set aside is erased by workspace; all other rows have none and cost this index nothing.
    await runner.query(
      `create index deliveries_of_workspace on deliveries (workspace_id) where workspace_id is not null`,
    );

    // The owner's, because it erases what the server itself may only add to, and any table there will ever be. It reaches
    // no row but those of the transaction's own workspace, and only once that one's deletion is recorded.
    await runner.query(`
      create function erase_workspace_rows(p_table text, p_after text[], p_limit integer)
        returns table (erased integer, last text[]) language plpgsql security definer set search_path = pg_catalog, public
        set enable_seqscan = off set enable_bitmapscan = off as $$
      declare
        v_here uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
        v_table regclass;
        v_keys text;
        v_key text;
        v_after text;
        v_parts oid[];
        v_rows tid[];
        v_part oid;
        v_gone integer;
        v_alone boolean := has_parameter_privilege(current_user, 'session_replication_role', 'set');
      begin
        if v_here is null or not exists (
          select from workspace_deletions d where d.workspace_id = v_here and d.completed_at is null) then
          raise exception 'only a workspace whose deletion is recorded is erased' using errcode = '42501';
        end if;
        select c.oid::regclass,
               string_agg('t.' || quote_ident(a.attname), ', ' order by k.place),
               string_agg('t.' || quote_ident(a.attname) || '::text', ', ' order by k.place),
               string_agg('$2[' || k.place || ']::' || format_type(a.atttypid, a.atttypmod), ', ' order by k.place)
          into v_table, v_keys, v_key, v_after
          from pg_class c
          join pg_index i on i.indrelid = c.oid and i.indisprimary
          left join lateral (
            select n.num, row_number() over (order by n.place) as place
              from unnest(i.indkey::int2[]) with ordinality n (num, place)
              join pg_attribute w on w.attrelid = c.oid and w.attnum = n.num
             where w.attname <> 'workspace_id') k on true
          left join pg_attribute a on a.attrelid = c.oid and a.attnum = k.num
         where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
           and c.relname = p_table and p_table not in ('workspace_deletions', 'due')
           and exists (select from pg_attribute w where w.attrelid = c.oid and w.attname = 'workspace_id' and not w.attisdropped)
         group by c.oid;
        if v_table is null then
          raise exception 'nothing of a workspace is erased from %', p_table using errcode = '42501';
        end if;
        -- Places first, then the rows by their places: joined, a plan may read the whole table for every batch.
        execute format(
          'with b as materialized (
             select t.tableoid as part, t.ctid as place, array[%s]::text[] as key, row_number() over () as n
               from (select t.*, t.tableoid, t.ctid from %s t where t.workspace_id = $1 %s %s limit $3) t)
           select array(select part from b order by n), array(select place from b order by n), (select key from b order by n desc limit 1)',
          coalesce(v_key, ''), v_table,
          case when v_keys is null or coalesce(cardinality(p_after), 0) = 0 then '' else format('and (%s) > (%s)', v_keys, v_after) end,
          case when v_keys is null then '' else 'order by ' || v_keys end)
          into v_parts, v_rows, last using v_here, p_after, p_limit;
        erased := 0;
        -- A row that goes asks every table that may refer to it, which takes three times as long as the rest. Those tables are
        -- erased before it, and all are looked at again at the end: where the owner may, no row asks.
        if v_alone then perform set_config('session_replication_role', 'replica', true); end if;
        for v_part in select distinct part from unnest(v_parts) part loop
          execute format('delete from %s t where t.ctid = any ($1) and t.workspace_id = $2', v_part::regclass)
            using (select array_agg(place.row) from unnest(v_parts, v_rows) place (part, row) where place.part = v_part), v_here;
          get diagnostics v_gone = row_count;
          erased := erased + v_gone;
        end loop;
        if v_alone then perform set_config('session_replication_role', 'origin', true); end if;
        return next;
      end $$`);
    await callableByApp(runner, 'erase_workspace_rows(text, text[], integer)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
