import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What calls of unknown price count against a budget, beside what is known to have been spent. */
export class AssumedSpending1763762000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table ai_spending add column assumed_cents double precision not null default 0`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
