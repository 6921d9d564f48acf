import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which conversations of a channel with a bot get a draft, decided where the messages are stored. */
export class ArrivalDrafts1763700510000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function schedule_drafts(p_kind text, p_channels uuid[], p_conversations uuid[]) returns uuid[] language plpgsql as $$
      declare
        v_workspace uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
        v_drafted uuid[];
      begin
        -- Most workspaces have no bot, and pay for no more than this.
        perform from bot_channels where workspace_id = v_workspace limit 1;
        if not found then
          return null;
        end if;
        select array_agg(conversation order by conversation) into v_drafted
          from unnest(p_channels, p_conversations) as arrived (channel, conversation)
         where exists (select from bot_channels bc join bots b on b.workspace_id = bc.workspace_id and b.id = bc.bot_id
                        where bc.workspace_id = v_workspace and bc.channel_id = arrived.channel and b.mode <> 'OFF' and not b.frozen);
        if v_drafted is not null then
          perform schedule_work(array_fill(p_kind, array[cardinality(v_drafted)]), v_drafted, null, '{}');
        end if;
        return v_drafted;
      end $$`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
