import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For how long a workspace keeps what: what it has said of that, and the daily work that follows from it. */
export class Retention1763700662000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table workspaces add column retention jsonb not null default '{}'`);
    // A new workspace schedules this itself.
    await runner.query(`
      insert into due (kind, workspace_id, row_id, due_at)
      select 'apply-retention', id, id, now() + interval '1 day' from workspaces`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
