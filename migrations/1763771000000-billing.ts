import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantRows, tenantTable } from './statements/tenant-table.js';

const merchants = `('paddle', 'lemonsqueezy', 'polar')`;

/**
 * What a workspace has bought and how it stands. Nothing of who pays is here: no name, no address, no card. What is used of
 * a plan is counted with the rows themselves.
 */
export class Billing1763771000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // How a workspace stands, made from its trial and from what the merchant says. `live`: until `live_until`, where that is set.
    await runner.query(`
      create table subscriptions (
        workspace_id uuid primary key references workspaces (id) on delete cascade,
        plan text,
        status text not null check (status in ('TRIALING', 'ACTIVE', 'PAST_DUE', 'PAUSED', 'CANCELED', 'EXPIRED', 'NONE')),
        add_ons text[] not null default '{}',
        provider text check (provider in ${merchants}),
        live boolean not null,
        live_until timestamptz,
        trial_ends_at timestamptz,
        renews_at timestamptz,
        cancel_at timestamptz,
        grace_ends_at timestamptz,
        since timestamptz not null default now()
      )`);
    await tenantTable(runner, 'subscriptions');

    // `past_dues`: when it said that a payment was missing, since it last said that none was (`good_at`).
    // What the merchant said last of each subscription; `as_of`: when it said so, the newer holds.
    await runner.query(`
      create table merchant_subscriptions (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        provider text not null check (provider in ${merchants}),
        reference text not null,
        customer text not null,
        status text not null check (status in ('TRIALING', 'ACTIVE', 'PAST_DUE', 'PAUSED', 'CANCELED')),
        prices text[] not null,
        renews_at timestamptz,
        ends_at timestamptz,
        good_at timestamptz,
        past_dues timestamptz[] not null default '{}',
        as_of timestamptz not null,
        checked_at timestamptz,
        primary key (workspace_id, id),
        unique (workspace_id, provider, reference)
      )`);
    await tenantTable(runner, 'merchant_subscriptions');

    // An event names a subscription, or the checkout that it came from, and has to find its workspace.
    await runner.query(`
      create table merchant_references (
        provider text not null check (provider in ${merchants}),
        reference text not null,
        workspace_id uuid not null references workspaces (id) on delete cascade,
        noted_at timestamptz not null default now(),
        primary key (provider, reference)
      )`);
    await runner.query(`create index merchant_references_workspace on merchant_references (workspace_id)`);
    await grantRows(runner, 'merchant_references', ['select', 'insert', 'delete']);

    // What the law wants kept of what was sold. It is there when its workspace is not.
    await runner.query(`
      create table billing_records (
        id uuid primary key,
        workspace_id uuid not null,
        provider text not null check (provider in ${merchants}),
        reference text not null,
        plan text,
        add_ons text[] not null default '{}',
        status text not null,
        at timestamptz not null default now(),
        keep_until timestamptz not null
      )`);
    await runner.query(`create index billing_records_workspace on billing_records (workspace_id)`);
    await runner.query(`create index billing_records_keep_until on billing_records (keep_until)`);
    await grantRows(runner, 'billing_records', ['select', 'insert', 'delete']);

    await this.countUse(runner);
  }

  /** `period`: the first day of the month that answers are counted for; for what stands it is always the same. */
  private async countUse(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table usage_counters (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        metric text not null check (metric in ('SEATS', 'CHANNELS', 'AI_REPLIES', 'CONTACTS', 'KNOWLEDGE_PASSAGES')),
        period date not null default '1970-01-01',
        used integer not null default 0,
        told integer not null default 0,
        primary key (workspace_id, metric, period)
      )`);
    await tenantTable(runner, 'usage_counters');
    await runner.query(`
      insert into usage_counters (workspace_id, metric, used)
      select workspace_id, 'SEATS', count(*) from members where user_id is not null group by workspace_id union all
      select workspace_id, 'CHANNELS', count(*) from channels where status <> 'DISCONNECTED' group by workspace_id union all
      select workspace_id, 'CONTACTS', count(*) from contacts where merged_into is null group by workspace_id union all
      select workspace_id, 'KNOWLEDGE_PASSAGES', count(*) from passages group by workspace_id`);
    // Whoever adds holds the counter until the end of the transaction: two cannot both take the last place.
    await runner.query(`
      create function count_use(p_workspace uuid, p_metric text, p_change bigint) returns void language plpgsql as $$
      begin
        if p_change > 0 then
          insert into usage_counters as counter (workspace_id, metric, used) values (p_workspace, p_metric, p_change)
          on conflict (workspace_id, metric, period) do update set used = counter.used + excluded.used;
        elsif p_change < 0 then
          update usage_counters set used = greatest(0, used + p_change) where workspace_id = p_workspace and metric = p_metric;
        end if;
      end $$`);
    await runner.query(`
      create function count_one_use() returns trigger language plpgsql as $$
      begin
        perform count_use(coalesce(new.workspace_id, old.workspace_id), tg_argv[0], tg_argv[1]::bigint);
        return null;
      end $$`);
    await this.countOneByOne(runner, 'members', 'SEATS', 'user_id', (row) => `${row}.user_id is not null`);
    await this.countOneByOne(runner, 'channels', 'CHANNELS', 'status', (row) => `${row}.status <> 'DISCONNECTED'`);
    await this.countTogether(runner, 'contacts', 'CONTACTS', 'where merged_into is null');
    await this.countOnChange(runner, 'contacts', 'CONTACTS', 'merged_into', (row) => `${row}.merged_into is null`);
    await this.countTogether(runner, 'passages', 'KNOWLEDGE_PASSAGES', '');
  }

  private async countOneByOne(
    runner: QueryRunner,
    table: string,
    metric: string,
    column: string,
    counts: (row: string) => string,
  ): Promise<void> {
    await runner.query(`
      create trigger used_by_one_more after insert on ${table} for each row when (${counts('new')}) execute function count_one_use('${metric}', '1')`);
    await runner.query(`
      create trigger used_by_one_less after delete on ${table} for each row when (${counts('old')}) execute function count_one_use('${metric}', '-1')`);
    await this.countOnChange(runner, table, metric, column, counts);
  }

  private async countOnChange(
    runner: QueryRunner,
    table: string,
    metric: string,
    column: string,
    counts: (row: string) => string,
  ): Promise<void> {
    await runner.query(`
      create trigger used_again after update of ${column} on ${table} for each row
        when (${counts('new')} and not (${counts('old')})) execute function count_one_use('${metric}', '1')`);
    await runner.query(`
      create trigger used_no_more after update of ${column} on ${table} for each row
        when (${counts('old')} and not (${counts('new')})) execute function count_one_use('${metric}', '-1')`);
  }

  /** Of what comes in thousands: counted once a statement. */
  private async countTogether(runner: QueryRunner, table: string, metric: string, which: string): Promise<void> {
    await runner.query(`
      create function count_added_${table}() returns trigger language plpgsql as $$
      begin
        perform count_use(workspace_id, '${metric}', count(*)) from added ${which} group by workspace_id order by workspace_id;
        return null;
      end $$`);
    await runner.query(`
      create function count_removed_${table}() returns trigger language plpgsql as $$
      begin
        perform count_use(workspace_id, '${metric}', -count(*)) from removed ${which} group by workspace_id order by workspace_id;
        return null;
      end $$`);
    await runner.query(`
      create trigger used_by_more after insert on ${table} referencing new table as added
        for each statement execute function count_added_${table}()`);
    await runner.query(`
      create trigger used_by_less after delete on ${table} referencing old table as removed
        for each statement execute function count_removed_${table}()`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
