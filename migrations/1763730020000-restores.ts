import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantRows } from './statements/tenant-table.js';

/**
 * Which backups this database was restored from. While one is not completed, what was erased since it was made may be back,
 * and no server starts.
 */
export class Restores1763730020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table restores (
        id uuid primary key,
        backup_at timestamptz not null,
        journal_seq bigint not null,
        journal_hash text,
        started_at timestamptz not null default now(),
        replayed integer not null default 0,
        completed_at timestamptz
      )`);
    await grantRows(runner, 'restores', ['select', 'update']);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
