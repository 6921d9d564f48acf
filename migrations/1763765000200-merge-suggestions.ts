import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Visitors of whom a site signed the mail address are found by it. */
export class MergeSuggestions1763765000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index visitors_proven_email on visitors (workspace_id, lower(email)) where details_proven and email is not null`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
