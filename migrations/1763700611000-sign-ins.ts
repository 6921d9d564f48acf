import type { MigrationInterface, QueryRunner } from 'typeorm';
import { callableByApp, tenantTable } from './statements/tenant-table.js';

/** Sign-ins on their way into the audit logs of the workspaces that the person belongs to. */
export class SignIns1763700611000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table sign_in_attempts`);
    await runner.query(`
      create table sign_ins (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        member_id uuid not null,
        outcome text not null check (outcome in ('SIGNED_IN', 'REFUSED')),
        ip text,
        at timestamptz not null default now(),
        primary key (workspace_id, id),
        foreign key (workspace_id, member_id) references members (workspace_id, id) on delete cascade
      )`);
    await runner.query(`create index sign_ins_member on sign_ins (workspace_id, member_id)`);
    await tenantTable(runner, 'sign_ins');

    // The owner's: who signs in acts in no workspace yet, and only this knows to which ones it belongs. It tells nobody.
    await runner.query(`
      create function note_sign_in(p_user uuid, p_outcome text, p_ip text) returns void
        language sql security definer set search_path = pg_catalog, public as $$
          with noted as (
            insert into sign_ins (workspace_id, id, member_id, outcome, ip)
            select m.workspace_id, gen_random_uuid(), m.id, p_outcome, p_ip from members m where m.user_id = p_user
            returning workspace_id, id
          )
          insert into due (kind, workspace_id, row_id, due_at)
          select 'record-sign-in', workspace_id, id, now() from noted
        $$`);
    await callableByApp(runner, 'note_sign_in(uuid, text, text)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
