import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files that members upload to send them, and which files have a small picture beside them. */
export class Uploads1763700740000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table files
        add column has_thumbnail boolean not null default false,
        add column member_id uuid,
        add foreign key (workspace_id, member_id) references members (workspace_id, id) on delete set null (member_id)`);
    await runner.query(`create index files_member on files (workspace_id, member_id) where member_id is not null`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
