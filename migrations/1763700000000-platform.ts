import type { MigrationInterface, QueryRunner } from 'typeorm';
import { callableByApp, grantRows, tenantTable } from './statements/tenant-table.js';

/** Workspaces, and the tables of the platform: feed, work that is due, deliveries, keys, files, audit. */
export class Platform1763700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      do $$ begin
        if not exists (select from pg_roles where rolname = 'parley_definer') then
          create role parley_definer nologin;
          execute format('grant parley_definer to %I with inherit false', current_user);
        end if;
      exception when syntax_error then
        -- Before Postgres 16 a grant has no such option.
        create role parley_definer nologin;
        execute format('grant parley_definer to %I', current_user);
      end $$`);
    await runner.query(`revoke create on schema public from public`);
    await runner.query(
      `do $$ begin execute format('grant usage on schema public to %I, parley_definer', current_setting('parley.app_role')); end $$`,
    );

    await runner.query(`
      create table workspaces (
        id uuid primary key,
        name text not null check (length(name) between 1 and 200),
        timezone text not null default 'UTC',
        locale text not null default 'en',
        created_at timestamptz not null default now()
      )`);
    await tenantTable(runner, 'workspaces', 'id');

    await runner.query(`
      create table workspace_keys (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        wrapped bytea not null,
        created_at timestamptz not null default now(),
        primary key (workspace_id, id)
      )`);
    await tenantTable(runner, 'workspace_keys');

    await runner.query(`
      create table workspace_counters (
        workspace_id uuid primary key references workspaces (id) on delete cascade,
        events bigint not null default 0,
        events_trimmed bigint not null default 0,
        audit bigint not null default 0,
        audit_hash bytea
      ) with (fillfactor = 50)`);
    await tenantTable(runner, 'workspace_counters');
    await runner.query(`
      create table workspace_events (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        seq bigint not null,
        at timestamptz not null default now(),
        kind text not null,
        ids uuid[] not null,
        detail text,
        conversation_id uuid,
        member_id uuid,
        primary key (workspace_id, seq)
      )`);
    await tenantTable(runner, 'workspace_events');

    await runner.query(`
      create table audit_entries (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        seq bigint not null,
        at timestamptz not null,
        actor text not null,
        action text not null,
        target text,
        ip text,
        detail jsonb,
        salt bytea not null,
        commitment bytea not null,
        hash bytea not null,
        primary key (workspace_id, id),
        unique (workspace_id, seq)
      )`);
    await tenantTable(runner, 'audit_entries');
    // Append-only for the server: what was written down stays as it was.
    await runner.query(
      `do $$ begin execute format('revoke update, delete on audit_entries from %I', current_setting('parley.app_role')); end $$`,
    );

    await runner.query(`
      create table files (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        name text,
        content_type text not null,
        size integer not null check (size >= 0),
        sha256 bytea not null,
        created_at timestamptz not null default now(),
        primary key (workspace_id, id)
      )`);
    await tenantTable(runner, 'files');

    // Outside row security: the sweeper has to see what is due in every workspace. It holds ids and times, never content.
    await runner.query(`
      create table due (
        kind text not null,
        workspace_id uuid not null references workspaces (id) on delete cascade,
        row_id uuid not null,
        due_at timestamptz not null,
        generation integer not null default 1,
        attempts integer not null default 0,
        lease uuid,
        leased_until timestamptz,
        set_aside_at timestamptz,
        reason text,
        primary key (kind, workspace_id, row_id)
      ) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 200)`);
    await runner.query(`create index due_next on due (due_at) where set_aside_at is null`);
    await runner.query(`create index due_workspace on due (workspace_id)`);
    await grantRows(runner, 'due');

    // Outside row security: a delivery is stored before anyone knows whose it is. Its body is encrypted.
    await runner.query(`
      create table deliveries (
        id uuid not null,
        received_at timestamptz not null default now(),
        provider text not null,
        body bytea not null,
        attempts integer not null default 0,
        available_at timestamptz not null default now(),
        leased_until timestamptz,
        workspace_id uuid,
        set_aside_at timestamptz,
        reason text,
        primary key (id, received_at)
      ) partition by range (received_at)`);
    await runner.query(`create table deliveries_default partition of deliveries default`);
    await runner.query(`create index deliveries_waiting on deliveries (available_at, id) where set_aside_at is null`);
    await runner.query(`create index deliveries_set_aside on deliveries (set_aside_at) where set_aside_at is not null`);
    await grantRows(runner, 'deliveries');
    await runner.query(`
      create function roll_deliveries() returns void language plpgsql security definer set search_path = pg_catalog, public as $$
      declare
        day date;
        old record;
        emptied boolean;
      begin
        set local lock_timeout = '1s';
        for day in select (current_date + n)::date from generate_series(0, 2) n loop
          if to_regclass('public.deliveries_' || to_char(day, 'YYYYMMDD')) is null
             and not exists (select from public.deliveries_default where received_at >= day and received_at < day + 1) then
            execute format('create table public.deliveries_%s partition of public.deliveries for values from (%L) to (%L)',
                           to_char(day, 'YYYYMMDD'), day, day + 1);
          end if;
        end loop;
        for old in
          select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
           where i.inhparent = 'public.deliveries'::regclass and c.relname ~ '^deliveries_[0-9]{8}$'
             and to_date(right(c.relname, 8), 'YYYYMMDD') < current_date - 1
        loop
          execute format('select not exists (select from public.%I)', old.relname) into emptied;
          if emptied then execute format('drop table public.%I', old.relname); end if;
        end loop;
      end $$`);
    await callableByApp(runner, 'roll_deliveries()');
    await runner.query(`select roll_deliveries()`);

    // What came for accounts that nobody has connected: counted, never kept.
    await runner.query(`
      create table unrouted_events (
        day date not null default current_date,
        provider text not null,
        account bytea not null,
        kind text not null,
        count integer not null default 1,
        last_at timestamptz not null default now(),
        primary key (day, provider, account, kind)
      )`);
    await grantRows(runner, 'unrouted_events', ['select', 'insert', 'update', 'delete']);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
