import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantRows, tenantTable } from './statements/tenant-table.js';

/** Who accepted which version of the policies, and which was in force when a channel was connected. */
export class Policies1763700621000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const kind = `kind text not null check (kind in ('TERMS', 'PRIVACY', 'REFUND', 'PROCESSING'))`;
    // Outside row security: a person accepts, in however many workspaces.
    await runner.query(`
      create table policy_acceptances (
        user_id uuid not null references users (id) on delete cascade,
        ${kind},
        version text not null,
        accepted_at timestamptz not null default now(),
        primary key (user_id, kind, version)
      )`);
    await grantRows(runner, 'policy_acceptances', ['select', 'insert']);
    await runner.query(`
      create table policy_acknowledgements (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        member_id uuid not null,
        channel_id uuid not null,
        ${kind},
        version text not null,
        at timestamptz not null default now(),
        primary key (workspace_id, id),
        foreign key (workspace_id, member_id) references members (workspace_id, id) on delete cascade
      )`);
    await runner.query(
      `create index policy_acknowledgements_member on policy_acknowledgements (workspace_id, member_id)`,
    );
    await tenantTable(runner, 'policy_acknowledgements');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
