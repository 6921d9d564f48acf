import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A draft may be another one in other words: how it was changed, into which language, and which draft it was. */
export class DraftChanges1763710810000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table drafts
        add column change text check (change in ('SHORTER', 'FRIENDLIER', 'MORE_FORMAL', 'TRANSLATION')),
        add column language text check (language in ('EN', 'TR', 'DE', 'FR', 'ES', 'IT', 'PT', 'NL', 'RU', 'AR')),
        add column changes_id uuid,
        add constraint drafts_changes_fkey foreign key (workspace_id, changes_id)
          references drafts (workspace_id, id) on delete set null (changes_id)`);
    await runner.query(`create index drafts_changes on drafts (workspace_id, changes_id) where changes_id is not null`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
