import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction, tenantTable } from './statements/tenant-table.js';

/** Consents under way, whose consent a channel lives by, and what is known of a connection's life. */
export class ConsentAndLife1763700700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // One consent that somebody was sent to a platform for. The state stands as a keyed digest, what was granted encrypted.
    await runner.query(`
      create table channel_authorizations (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        state_digest bytea not null,
        credential text not null,
        flow text not null,
        status text not null check (status in ('STARTED', 'RETURNED', 'FAILED', 'GRANTED', 'COMPLETING', 'COMPLETED')),
        error text,
        asked text[] not null,
        granted text[] not null default '{}',
        assets bytea,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        primary key (workspace_id, id),
        unique (workspace_id, state_digest)
      )`);
    await tenantTable(runner, 'channel_authorizations');

    await runner.query(`
      alter table channels
        add column granted_at timestamptz,
        add column expired_at timestamptz,
        add column gap_since timestamptz,
        add column disconnected_at timestamptz,
        add column former_account bytea`);
    await runner.query(`update channels set granted_at = connected_at where token is not null`);
    // A use that nothing caused is not written down as one of nothing: it is refused.
    await runner.query(
      `alter table token_uses add constraint token_uses_cause check (btrim(cause) <> '' and btrim(host) <> '')`,
    );

    // Outside row security: a platform says who withdrew their consent, and only this finds the channels that lived by it.
    await runner.query(`
      create table channel_grantors (
        grantor bytea not null,
        workspace_id uuid not null references workspaces (id) on delete cascade,
        channel_id uuid not null,
        primary key (grantor, workspace_id, channel_id)
      )`);
    await runner.query(`create index channel_grantors_channel on channel_grantors (workspace_id, channel_id)`);
    await runner.query(`grant select, insert, update, delete on channel_grantors to parley_definer`);
    await definerFunction(
      runner,
      'note_grantors(bytea[], uuid)',
      `create function note_grantors(p_grantors bytea[], p_channel uuid) returns void
         language plpgsql volatile security definer set search_path = pg_catalog, public as $$
         declare
           here uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
         begin
           if here is null then raise exception 'a grantor is noted inside a workspace'; end if;
           delete from channel_grantors g where g.workspace_id = here and g.channel_id = p_channel and not (g.grantor = any (p_grantors));
           insert into channel_grantors (grantor, workspace_id, channel_id)
             select distinct given, here, p_channel from unnest(p_grantors) as given order by given
             on conflict do nothing;
         end $$`,
    );
    await definerFunction(
      runner,
      'channels_of_grantors(bytea[])',
      `create function channels_of_grantors(p_grantors bytea[]) returns table (workspace_id uuid, channel_id uuid)
         language sql stable security definer set search_path = pg_catalog, public as $$
           select distinct g.workspace_id, g.channel_id from channel_grantors g where g.grantor = any (p_grantors)
         $$`,
    );

    // Connections from before are looked after from now on, spread over a day.
    await runner.query(`
      insert into due (kind, workspace_id, row_id, due_at)
      select job, workspace_id, id, now() + random() * interval '1 day'
        from channels cross join unnest(array['token-expiry', 'token-refresh']) as job
       where status <> 'DISCONNECTED' and token is not null`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
