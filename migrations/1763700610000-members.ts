import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  callableByApp,
  definerFunction,
  grantRows,
  readableByFunctions,
  tenantTable,
} from './statements/tenant-table.js';

/** Settings of a workspace, memberships that can end, invitations, and what the audit chain needs to be pruned and checked. */
export class Members1763700610000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table workspaces
        add column controller jsonb not null default '{}',
        add column business_hours jsonb not null default '{"always": true}'`);

    // Whose membership ended has no person behind it any more: what they wrote stays, without their name.
    await runner.query(`alter table members alter column user_id drop not null`);

    await runner.query(`
      create table invitations (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        email text not null,
        role text not null check (role in ('OWNER', 'ADMIN', 'EDITOR', 'VIEWER')),
        token_hash bytea not null,
        invited_by uuid not null,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        primary key (workspace_id, id),
        unique (workspace_id, token_hash),
        foreign key (workspace_id, invited_by) references members (workspace_id, id) on delete cascade
      )`);
    // Whoever is invited again has the new invitation alone.
    await runner.query(`create unique index invitations_email on invitations (workspace_id, lower(email))`);
    await runner.query(`create index invitations_inviter on invitations (workspace_id, invited_by)`);
    await tenantTable(runner, 'invitations');

    await runner.query(`create index audit_entries_action on audit_entries (workspace_id, action, seq desc)`);
    await runner.query(`
      create table audit_checkpoints (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        seq bigint not null,
        hash bytea not null,
        at timestamptz not null default now(),
        signature bytea not null,
        primary key (workspace_id, seq)
      )`);
    await tenantTable(runner, 'audit_checkpoints');
    await runner.query(
      `do $$ begin execute format('revoke update, delete on audit_checkpoints from %I', current_setting('parley.app_role')); end $$`,
    );

    // The owner's, because the server itself may not delete entries: it can only let go of old ones, in its transaction's
    // workspace, up to a checkpoint that it has signed.
    await runner.query(`
      create function prune_audit_entries(p_seq bigint, p_before timestamptz) returns integer
        language plpgsql security definer set search_path = pg_catalog, public as $$
      declare
        v_here uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
        v_gone integer;
      begin
        if v_here is null or p_before > now() - interval '30 days'
           or not exists (select from public.audit_checkpoints c where c.workspace_id = v_here and c.seq = p_seq) then
          raise exception 'audit entries go when they are 30 days old and behind a checkpoint' using errcode = '42501';
        end if;
        delete from public.audit_entries e where e.workspace_id = v_here and e.seq <= p_seq and e.at < p_before;
        get diagnostics v_gone = row_count;
        return v_gone;
      end $$`);
    await callableByApp(runner, 'prune_audit_entries(bigint, timestamptz)');

    // What is done for every workspace, one after the other, has to know which there are.
    await readableByFunctions(runner, 'workspaces', ['id']);
    await definerFunction(
      runner,
      'workspace_ids(uuid, integer)',
      `create function workspace_ids(p_after uuid, p_limit integer) returns table (id uuid)
         language sql stable security definer set search_path = pg_catalog, public as $$
           select w.id from workspaces w where p_after is null or w.id > p_after order by w.id limit p_limit
         $$`,
    );

    // Outside row security: who tried to sign in is known before any workspace is, and an unknown address must cost the
    // same as a known one. A row is there for as long as it takes to write it into the audit logs of the person's workspaces.
    await runner.query(`
      create table sign_in_attempts (
        id uuid primary key,
        user_id uuid,
        outcome text not null check (outcome in ('SIGNED_IN', 'REFUSED')),
        ip text,
        at timestamptz not null default now()
      )`);
    await grantRows(runner, 'sign_in_attempts');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
