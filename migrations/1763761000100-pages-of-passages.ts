import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of a document with pages, the one that a passage begins on: who reads an answer finds the place that it rests on. */
export class PagesOfPassages1763761000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table passages add column page integer check (page > 0)');
    await runner.query('alter table draft_sources add column page integer');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
