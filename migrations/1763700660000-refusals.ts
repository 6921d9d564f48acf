import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './statements/tenant-table.js';

/** What was refused lately, so that trying again and again fills no audit log. */
export class Refusals1763700660000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table refusals (
        workspace_id uuid not null,
        id uuid not null,
        member_id uuid not null,
        token_id uuid,
        operation text not null,
        reason text not null,
        times integer not null default 1,
        primary key (workspace_id, id),
        unique nulls not distinct (workspace_id, member_id, token_id, operation, reason),
        foreign key (workspace_id, member_id) references members (workspace_id, id) on delete cascade
      )`);
    await tenantTable(runner, 'refusals');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
