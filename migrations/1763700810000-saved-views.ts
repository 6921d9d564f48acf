import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './statements/tenant-table.js';

/** Filters of the inbox that members keep under a name: a member's own, or without a member the workspace's. */
export class SavedViews1763700810000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table saved_views (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        member_id uuid,
        name text not null,
        filter jsonb not null,
        sorting text not null check (sorting in ('LAST_ACTIVITY', 'WAITING_LONGEST', 'PRIORITY')),
        primary key (workspace_id, id),
        foreign key (workspace_id, member_id) references members (workspace_id, id) on delete cascade)`);
    await runner.query(`create index saved_views_member on saved_views (workspace_id, member_id)`);
    await tenantTable(runner, 'saved_views');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
