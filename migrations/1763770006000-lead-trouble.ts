import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why answers of a form could not be fetched is kept as a word that can be counted, and said in anybody's language. */
export class LeadTrouble1763770006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Empty where it was set aside before the word was kept, or by a process that does not know it yet.
    await runner.query(`alter table lead_arrivals add column cause text
      check (cause in ('NO_ACCESS', 'REFUSED', 'GONE', 'UNREACHABLE'))`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
