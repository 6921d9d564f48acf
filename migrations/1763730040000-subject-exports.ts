import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './statements/tenant-table.js';

/** What people are given of what is kept about them: a file that is made, can be fetched for a while, and goes again. */
export class SubjectExports1763730040000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table subject_exports (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        request_id uuid,
        subject jsonb not null,
        language text not null check (language in ('en', 'tr')),
        state text not null default 'WAITING' check (state in ('WAITING', 'READY')),
        size bigint,
        sha256 bytea,
        created_at timestamptz not null default now(),
        expires_at timestamptz,
        primary key (workspace_id, id))`);
    await runner.query(
      `create index subject_exports_request on subject_exports (workspace_id, request_id) where request_id is not null`,
    );
    await tenantTable(runner, 'subject_exports');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
