import type { MigrationInterface, QueryRunner } from 'typeorm';

/** To whom the receipt of a deleted workspace goes; sealed, and gone as soon as that mail is on its way. */
export class DeletionOwners1763740003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table workspace_deletions add column owners bytea');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
