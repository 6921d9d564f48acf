import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose an upload of the chat is: it goes with its visitor, and not a day later as a stray. */
export class VisitorUploads1763740006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table files add column visitor_id uuid`);
    await runner.query(`create index files_visitor on files (workspace_id, visitor_id) where visitor_id is not null`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
