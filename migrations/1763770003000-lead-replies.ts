import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When and where a lead was answered first, and why a machine left it to a person. */
export class LeadReplies1763770003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table leads
        add column first_replied_at timestamptz,
        add column reply_conversation_id uuid,
        add column reply_task text,
        add constraint leads_reply_conversation_fkey foreign key (workspace_id, reply_conversation_id)
          references conversations (workspace_id, id) on delete set null (reply_conversation_id)`);
    await runner.query(
      `create index leads_reply_conversation on leads (workspace_id, reply_conversation_id) where reply_conversation_id is not null`,
    );
    // The same reply is sent once, however often it is asked for.
    await runner.query(`alter table lead_activities add column reply_key text`);
    await runner.query(
      `create unique index lead_activities_reply on lead_activities (workspace_id, lead_id, reply_key) where reply_key is not null`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
