import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './statements/tenant-table.js';

/** Whether a workspace lets stored conversations be used for reports of leads. */
export class LeadAnalysis1763770002200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table lead_analysis_rules (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        enabled boolean not null,
        primary key (workspace_id)
      )`);
    await tenantTable(runner, 'lead_analysis_rules');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
