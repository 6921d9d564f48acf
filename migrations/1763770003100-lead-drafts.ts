import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Drafts of replies to leads, and the runs of models that they came of. */
export class LeadDrafts1763770003100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // A draft is for a conversation or for a lead, and a lead proposes one at a time as well.
    await runner.query(`
      alter table drafts
        alter column conversation_id drop not null,
        add column lead_id uuid,
        add constraint drafts_lead_fkey foreign key (workspace_id, lead_id) references leads (workspace_id, id) on delete cascade,
        add constraint drafts_place_check check (num_nonnulls(conversation_id, lead_id) > 0)`);
    await runner.query(`create index drafts_lead on drafts (workspace_id, lead_id) where lead_id is not null`);
    for (const status of ['PROPOSED', 'GENERATING'])
      await runner.query(`
        create unique index drafts_lead_${status.toLowerCase()} on drafts (workspace_id, lead_id)
         where status = '${status}' and lead_id is not null`);
    await runner.query(`
      alter table ai_runs
        add column lead_id uuid,
        add constraint ai_runs_lead_fkey foreign key (workspace_id, lead_id) references leads (workspace_id, id) on delete cascade`);
    await runner.query(
      `create index ai_runs_lead on ai_runs (workspace_id, lead_id, id desc) where lead_id is not null`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
