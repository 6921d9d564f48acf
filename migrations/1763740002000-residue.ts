import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantRows } from './statements/tenant-table.js';

/**
 * Where bytes of what was erased may still lie: a table's file, the planner's statistics, the log of the database, Redis' file. A
 * row without `since` has nothing to be cleared, and says when that was last done.
 */
export class Residue1763740002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table residue (
        place text primary key,
        since timestamptz,
        tried_at timestamptz,
        problem text,
        cleared_at timestamptz,
        seconds double precision,
        bytes bigint
      )`);
    await grantRows(runner, 'residue');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
