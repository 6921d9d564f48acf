import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The files of a composer draft follow its key, so that what a change of the key breaks is told by the key itself. */
export class DraftFilesFollow1763700830000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table composer_draft_files
        drop constraint composer_draft_files_workspace_id_member_id_conversation_i_fkey,
        add constraint composer_draft_files_draft_fkey foreign key (workspace_id, member_id, conversation_id)
          references composer_drafts (workspace_id, member_id, conversation_id) on delete cascade on update cascade`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
