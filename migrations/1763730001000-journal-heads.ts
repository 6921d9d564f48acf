import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantRows } from './statements/tenant-table.js';

/** How far the erasure journal was written, so that whoever writes next notices when it was cut off or mislaid. */
export class JournalHeads1763730001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table journal_heads (
        journal text primary key,
        seq bigint not null,
        hash text not null
      )`);
    await grantRows(runner, 'journal_heads', ['select', 'insert', 'update']);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
