import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A draft that a member asked for stands there while a model writes it, with what they asked of it. */
export class DraftsBeingWritten1763700900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table drafts add column instruction text`);
    await runner.query(`
      create unique index drafts_generating on drafts (workspace_id, conversation_id) where status = 'GENERATING'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
