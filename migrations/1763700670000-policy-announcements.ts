import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantRows } from './statements/tenant-table.js';

/** Whom a new version of a policy was announced to by mail. */
export class PolicyAnnouncements1763700670000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Outside row security: a person is told once, in however many workspaces. The key is what makes it once.
    await runner.query(`
      create table policy_announcements (
        user_id uuid not null references users (id) on delete cascade,
        kind text not null check (kind in ('TERMS', 'PRIVACY', 'REFUND', 'PROCESSING')),
        version text not null,
        announced_at timestamptz not null default now(),
        primary key (user_id, kind, version)
      )`);
    await grantRows(runner, 'policy_announcements', ['select', 'insert']);
    // Whether anybody accepted an older version at all is asked at every start.
    await runner.query(`create index policy_acceptances_version on policy_acceptances (kind, version)`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
