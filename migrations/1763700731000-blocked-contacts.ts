import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whoever is looked up because they wrote is looked up with whether they are blocked: nothing more of them is stored. */
export class BlockedContacts1763700731000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // The settings are those of `store_messages`: plans by key only, made once.
    await runner.query(`
      create or replace function look_up_messages(p_workspaces uuid[], p_asked jsonb[])
        returns table (workspace_id uuid, people jsonb, known jsonb) language plpgsql
        set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_material = off
        set plan_cache_mode = force_generic_plan as $$
      #variable_conflict use_column
      declare
        v_workspace uuid;
        v_asked jsonb;
        v_entered text;
      begin
        for v_workspace, v_asked in select * from unnest(p_workspaces, p_asked) loop
          v_entered := set_config('app.workspace_id', v_workspace::text, true);
          return query select
            v_workspace,
            (select jsonb_agg(jsonb_build_array(i.channel_id, i.external_id, i.contact_id, i.thread_key, c.id, k.blocked))
               from jsonb_to_recordset(v_asked->'addresses') as asked (channel uuid, external text)
               cross join lateral (
                 select * from contact_identities found
                  where found.workspace_id = v_workspace and found.channel_id = asked.channel and found.external_id = asked.external offset 0) i
               join contacts k on k.workspace_id = v_workspace and k.id = i.contact_id
               left join conversations c on c.workspace_id = v_workspace and c.channel_id = i.channel_id and c.thread_key = i.thread_key),
            (select jsonb_agg(jsonb_build_array(m.channel_id, m.external_id))
               from (select channel, external, external_digest(v_workspace, channel, external) as digest
                       from jsonb_to_recordset(v_asked->'messages') as named (channel uuid, external text) offset 0) asked
               cross join lateral (
                 select * from messages found
                  where found.workspace_id = v_workspace and found.external_digest = asked.digest
                    and found.channel_id = asked.channel and found.external_id = asked.external offset 0) m);
        end loop;
      end $$`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
