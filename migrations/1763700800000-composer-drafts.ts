import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './statements/tenant-table.js';

/** What members have begun to write and not sent: one a member and conversation, with the files that go along. */
export class ComposerDrafts1763700800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table composer_drafts (
        workspace_id uuid not null,
        member_id uuid not null,
        conversation_id uuid not null,
        text text not null,
        updated_at timestamptz not null default now(),
        primary key (workspace_id, member_id, conversation_id),
        foreign key (workspace_id, member_id) references members (workspace_id, id) on delete cascade,
        foreign key (workspace_id, conversation_id) references conversations (workspace_id, id) on delete cascade)`);
    await runner.query(`create index composer_drafts_conversation on composer_drafts (workspace_id, conversation_id)`);
    await tenantTable(runner, 'composer_drafts');
    await runner.query(`
      create table composer_draft_files (
        workspace_id uuid not null,
        member_id uuid not null,
        conversation_id uuid not null,
        position smallint not null,
        file_id uuid not null,
        primary key (workspace_id, member_id, conversation_id, position),
        foreign key (workspace_id, member_id, conversation_id)
          references composer_drafts (workspace_id, member_id, conversation_id) on delete cascade,
        foreign key (workspace_id, file_id) references files (workspace_id, id) on delete cascade)`);
    await runner.query(`create index composer_draft_files_file on composer_draft_files (workspace_id, file_id)`);
    await tenantTable(runner, 'composer_draft_files');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
