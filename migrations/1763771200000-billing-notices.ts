import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './statements/tenant-table.js';

/** What the owners of a workspace were told of its plan, and about which moment: each once. */
export class BillingNotices1763771200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table billing_notices (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        notice text not null,
        about timestamptz not null,
        told_at timestamptz not null default now(),
        primary key (workspace_id, notice, about)
      )`);
    await tenantTable(runner, 'billing_notices');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
