import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantRows } from './statements/tenant-table.js';

/** Whom this deployment calls by itself, since when, and from when on those may be called who came later. */
export class Recipients1763740004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Outside row security: they are one list for the deployment. Holds names of companies or hosts, and times.
    await runner.query(`
      create table recipients (
        recipient text primary key,
        announced_at timestamptz,
        used_from timestamptz not null,
        told boolean not null,
        told_after uuid)`);
    await grantRows(runner, 'recipients');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
