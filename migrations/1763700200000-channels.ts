import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction, tenantTable } from './statements/tenant-table.js';

/** Connected accounts, each use of their tokens, and the directory that finds the workspace of a delivery. */
export class Channels1763700200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table channels (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        kind text not null,
        provider text not null,
        name text not null,
        external_id text,
        status text not null check (status in ('CONNECTED', 'EXPIRING', 'EXPIRED', 'ERROR', 'DISCONNECTED')),
        token bytea,
        token_expires_at timestamptz,
        settings jsonb not null default '{}',
        last_inbound_at timestamptz,
        last_error text,
        lead_ads boolean not null default false,
        frozen boolean not null default false,
        connected_by uuid,
        connected_at timestamptz not null default now(),
        primary key (workspace_id, id),
        unique (workspace_id, provider, external_id)
      )`);
    await tenantTable(runner, 'channels');

    await runner.query(`
      create table token_uses (
        workspace_id uuid not null,
        id uuid not null,
        channel_id uuid not null,
        at timestamptz not null default now(),
        purpose text not null check (purpose in ('VERIFY', 'PULL', 'SEND', 'RENEW', 'SUBSCRIBE', 'REVOKE')),
        host text not null,
        cause text not null,
        primary key (workspace_id, id),
        foreign key (workspace_id, channel_id) references channels (workspace_id, id) on delete cascade
      )`);
    await runner.query(`create index token_uses_channel on token_uses (workspace_id, channel_id, id desc)`);
    await tenantTable(runner, 'token_uses');

    // Outside row security: a delivery names an account, and only this finds its workspace. Accounts stand here as keyed
    // digests, and the server's role reaches the table through the functions below alone.
    await runner.query(`
      create table channel_directory (
        account bytea primary key,
        workspace_id uuid not null references workspaces (id) on delete cascade,
        channel_id uuid not null,
        frozen boolean not null default false
      )`);
    await runner.query(`create index channel_directory_workspace on channel_directory (workspace_id)`);
    await runner.query(`grant select, insert, update, delete on channel_directory to parley_definer`);
    await definerFunction(
      runner,
      'route_accounts(bytea[])',
      `create function route_accounts(p_accounts bytea[])
         returns table (account bytea, workspace_id uuid, channel_id uuid)
         language sql stable security definer set search_path = pg_catalog, public as $$
           select d.account, d.workspace_id, d.channel_id from channel_directory d where d.account = any (p_accounts) and not d.frozen
         $$`,
    );
    await definerFunction(
      runner,
      'claim_account(bytea, uuid)',
      `create function claim_account(p_account bytea, p_channel uuid) returns boolean
         language plpgsql volatile security definer set search_path = pg_catalog, public as $$
         declare
           here uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
         begin
           if here is null then raise exception 'an account is claimed inside a workspace'; end if;
           insert into channel_directory (account, workspace_id, channel_id) values (p_account, here, p_channel)
             on conflict (account) do nothing;
           return exists (select from channel_directory d where d.account = p_account and d.workspace_id = here and d.channel_id = p_channel);
         end $$`,
    );
    await definerFunction(
      runner,
      'release_account(bytea)',
      `create function release_account(p_account bytea) returns void
         language sql volatile security definer set search_path = pg_catalog, public as $$
           delete from channel_directory d
            where d.account = p_account and d.workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid
         $$`,
    );
    // A frozen account keeps its place, so that no other workspace takes it, and is routed nowhere.
    await definerFunction(
      runner,
      'freeze_account(bytea, boolean)',
      `create function freeze_account(p_account bytea, p_frozen boolean) returns void
         language sql volatile security definer set search_path = pg_catalog, public as $$
           update channel_directory d set frozen = p_frozen
            where d.account = p_account and d.workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid
         $$`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
