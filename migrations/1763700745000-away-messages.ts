import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Outside its hours a business says once that it is away, decided where the messages are stored. */
export class AwayMessages1763700745000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table conversations add column away_sent_at timestamptz`);
    await runner.query(`
      create function schedule_away(p_kind text, p_conversations uuid[]) returns uuid[] language plpgsql as $$
      declare
        v_workspace uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
        v_written uuid[];
      begin
        -- Most workspaces have nothing to say while they are closed, and pay for no more than this.
        perform from workspaces where id = v_workspace and business_hours ->> 'awayMessage' is not null
                                  and business_hours ->> 'always' = 'false';
        if not found then
          return null;
        end if;
        v_written := array(select distinct conversation from unnest(p_conversations) as written (conversation) order by conversation);
        perform schedule_work(array_fill(p_kind, array[cardinality(v_written)]), v_written, null, '{}');
        return v_written;
      end $$`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
