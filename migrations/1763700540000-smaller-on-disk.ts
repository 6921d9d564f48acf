import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Messages and conversations in fewer bytes: shorter keys, keys that fill their pages, and no index entry twice. */
export class SmallerOnDisk1763700540000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.externalIds(runner);
    await this.lookUp(runner);
    await this.messageKeys(runner);
    await this.conversations(runner);
  }

  /**
   * Platforms' ids of messages are 60 to 200 bytes long. Where they must be unique stands a digest of eight, as a column:
   * row security keeps a query by an expression out of its index. Who looks for an id compares the id as well. In a
   * workspace of a hundred million messages two of them share a digest with a chance of one in four thousand.
   */
  private async externalIds(runner: QueryRunner): Promise<void> {
    // Not in SQL: each statement that writes messages would parse it anew, to put it in the place of its call. By way of
    // 'escape', because convert_to is only stable.
    await runner.query(`
      create function external_digest(p_workspace uuid, p_channel uuid, p_external text) returns bigint language plpgsql immutable parallel safe as $$
      begin
        return ('x' || encode(substring(sha256(decode(replace(p_workspace::text || p_channel::text || p_external, '\\', '\\\\'), 'escape')) for 8), 'hex'))::bit(64)::bigint;
      end $$`);
    await runner.query(
      `alter table messages add column external_digest bigint generated always as (external_digest(workspace_id, channel_id, external_id)) stored`,
    );
    await runner.query(`drop index messages_external`);
    await runner.query(
      `create unique index messages_external on messages (workspace_id, external_digest) where external_digest is not null`,
    );
  }

  /** What is known of the people and messages of a batch, workspace by workspace, each under its own row security. */
  private async lookUp(runner: QueryRunner): Promise<void> {
    // The digest is made before the join (offset 0 keeps it there): what a table is joined with must be a plain column. The
    // tables stand in laterals of their own: joined freely, a plan made while they are empty reads the whole workspace.
    // The settings are those of `store_messages`: plans by key only, made once.
    await runner.query(`
      create function look_up_messages(p_workspaces uuid[], p_asked jsonb[])
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

  private async messageKeys(runner: QueryRunner): Promise<void> {
    // A conversation's id tells its workspace; row security checks that of each message it leads to.
    await runner.query(`drop index messages_thread`);
    await runner.query(`create index messages_thread on messages (conversation_id, id desc)`);
    // What waits to be put into the index takes room, and each search reads all of it: a sixteenth of the server's default.
    await runner.query(`alter index messages_search set (gin_pending_list_limit = 256)`);
  }

  /**
   * Each message writes its conversation into every index anew. So none holds what another can give: the conversations that
   * are not open are apart from those that are, and order by priority needs an index only for those that have one.
   */
  private async conversations(runner: QueryRunner): Promise<void> {
    for (const index of ['recent', 'open', 'priority', 'assignee'])
      await runner.query(`drop index conversations_${index}`);
    // The assignee stands last so that conversations of nobody are found without reading those of somebody.
    await runner.query(
      `create index conversations_open on conversations (workspace_id, last_activity_at desc, id desc, assignee_id)
        where status = 'OPEN' and not spam`,
    );
    await runner.query(
      `create index conversations_settled on conversations (workspace_id, last_activity_at desc, id desc)
        where status <> 'OPEN' and not spam`,
    );
    await runner.query(
      `create index conversations_raised on conversations (workspace_id, priority desc, last_activity_at desc, id desc)
        where priority > 0 and not spam`,
    );
    await runner.query(
      `create index conversations_assignee on conversations (workspace_id, assignee_id, last_activity_at desc, id desc)
        where assignee_id is not null`,
    );
    // Rows are replaced at the rate at which messages come: the vacuum of this table may not pause.
    await runner.query(`alter table conversations set (autovacuum_vacuum_cost_delay = 0)`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
