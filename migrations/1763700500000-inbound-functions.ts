import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the receiving of messages asks of the database, as functions of the caller's own rights: each is one round trip,
 * planned once per connection, and bound by row security like any statement. Each takes the workspace that the statement
 * which calls it has entered.
 */
export class InboundFunctions1763700500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.events(runner);
    await this.work(runner);
    await this.store(runner);
  }

  /** Numbers changes by the workspace's counter; gives the last number. The counter's row is held to the commit: call it last. */
  private async events(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function append_events(p_changes jsonb, p_keep_days integer) returns bigint language plpgsql as $$
      declare
        v_workspace uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
        v_count integer := jsonb_array_length(p_changes);
        v_last bigint;
      begin
        update workspace_counters set events = events + v_count where workspace_id = v_workspace returning events into strict v_last;
        insert into workspace_events (workspace_id, seq, kind, ids, detail, conversation_id, member_id)
        select v_workspace, v_last - v_count + n, change->>'kind', string_to_array(change->>'ids', ',')::uuid[], change->>'detail',
               (change->>'conversationId')::uuid, (change->>'memberId')::uuid
          from jsonb_array_elements(p_changes) with ordinality as t (change, n);
        -- Now and then whoever writes also lets go of what is old: no clock has to walk through every workspace.
        if v_last / 500 > (v_last - v_count) / 500 then
          with oldest as (
            select seq from workspace_events where workspace_id = v_workspace order by seq limit 2000
          ), gone as (
            delete from workspace_events e using oldest
             where e.workspace_id = v_workspace and e.seq = oldest.seq and e.at < now() - make_interval(days => p_keep_days)
            returning e.seq
          )
          update workspace_counters set events_trimmed = (select max(seq) from gone)
           where workspace_id = v_workspace and exists (select from gone);
        end if;
        return v_last;
      end $$`);
  }

  /** Schedules work; one that waits for a later time already stays there where \`p_behind\` names it. */
  private async work(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function schedule_work(p_kinds text[], p_rows uuid[], p_at timestamptz[], p_behind text[]) returns void language sql as $$
        insert into due as waiting (kind, workspace_id, row_id, due_at)
        select kind, nullif(current_setting('app.workspace_id', true), '')::uuid, row_id, coalesce(at, now())
          from unnest(p_kinds, p_rows, p_at) as work (kind, row_id, at)
        on conflict (kind, workspace_id, row_id) do update
           set due_at = case when waiting.kind || waiting.row_id = any (p_behind)
                             then greatest(waiting.due_at, excluded.due_at) else excluded.due_at end,
               generation = waiting.generation + 1, attempts = 0, set_aside_at = null, reason = null
      $$`);
  }

  /**
   * Stores a prepared batch. What was looked up before is checked again here: where it no longer holds, or where
   * \`p_plain\` and more than storing is needed, it ends with serialization_failure and nothing is written.
   */
  private async store(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function store_messages(p_batch jsonb, p_plain boolean) returns void language plpgsql as $$
      declare
        v_workspace uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
        v_touched integer;
      begin
        perform from jsonb_to_recordset(p_batch->'met') as met (channel uuid, external text, contact uuid, thread uuid)
           left join contact_identities i on i.workspace_id = v_workspace and i.channel_id = met.channel and i.external_id = met.external
          where (i.contact_id, i.thread_key) is distinct from (met.contact, met.thread);
        if found then
          raise serialization_failure using message = 'a contact has changed since it was looked up';
        end if;

        if p_plain then
          -- Laterals of their own (limit 1 keeps them so): joined freely, a plan made while there are few messages reads all
          -- that the workspace has.
          perform from jsonb_to_recordset(p_batch->'messages') as fresh (id uuid, conversation uuid, external text)
            cross join lateral (
              select from messages m
               where m.workspace_id = v_workspace and m.conversation_id = fresh.conversation and m.id > fresh.id
                 and m.reply_to_external_id = fresh.external limit 1) reply;
          if found then
            raise serialization_failure using message = 'a reply came before the message it replies to';
          end if;
          -- Seldom does anything wait here at all, and only then is it looked at closer.
          perform from early_signals where workspace_id = v_workspace limit 1;
          if found then
            perform from jsonb_to_recordset(p_batch->'messages') as fresh (channel uuid, external text)
              cross join lateral (
                select from early_signals e
                 where e.workspace_id = v_workspace and e.channel_id = fresh.channel and e.message_external_id = fresh.external limit 1) said;
            if found then
              raise serialization_failure using message = 'something was said of these messages before they came';
            end if;
            perform from (select channel, 'person ' || external as about
                            from jsonb_to_recordset(p_batch->'identities') as met (channel uuid, external text) offset 0) met
              cross join lateral (
                select from early_signals e
                 where e.workspace_id = v_workspace and e.channel_id = met.channel and e.message_external_id = met.about limit 1) said;
            if found then
              raise serialization_failure using message = 'these people did something before they wrote';
            end if;
          end if;
        end if;

        if jsonb_array_length(p_batch->'contacts') > 0 then
          insert into contacts (workspace_id, id, name, first_seen_at, last_seen_at)
          select v_workspace, id, name, at, at from jsonb_to_recordset(p_batch->'contacts') as fresh (id uuid, name text, at timestamptz);
        end if;

        if jsonb_array_length(p_batch->'identities') > 0 then
          insert into contact_identities (workspace_id, id, channel_id, external_id, contact_id, original_contact_id, kind, handle, thread_key)
          select v_workspace, id, channel, external, contact, contact, kind, handle, thread
            from jsonb_to_recordset(p_batch->'identities')
                 as fresh (id uuid, channel uuid, external text, contact uuid, kind text, handle text, thread uuid);
        end if;

        -- What came late neither opens a conversation again nor moves it up: the newest message decides.
        insert into conversations as c (workspace_id, id, channel_id, contact_id, thread_key, unread_count, last_message_id, last_inbound_id,
                                        last_inbound_at, waiting_since, last_activity_at)
        select v_workspace, id, channel, contact, thread, received, last, "lastInbound", "lastInboundAt", "waitingSince", "lastAt"
          from jsonb_to_recordset(p_batch->'threads')
               as t (id uuid, channel uuid, contact uuid, thread uuid, received integer, last uuid, "lastAt" timestamptz,
                     "lastInbound" uuid, "lastInboundAt" timestamptz, "waitingSince" timestamptz)
        on conflict (workspace_id, channel_id, thread_key) do update set
          unread_count = c.unread_count + excluded.unread_count,
          last_message_id = greatest(c.last_message_id, excluded.last_message_id),
          last_inbound_id = greatest(c.last_inbound_id, excluded.last_inbound_id),
          last_inbound_at = greatest(c.last_inbound_at, excluded.last_inbound_at),
          last_activity_at = greatest(c.last_activity_at, excluded.last_activity_at),
          waiting_since = case when excluded.last_message_id < c.last_message_id then c.waiting_since
                               when excluded.waiting_since is null then null
                               else coalesce(c.waiting_since, excluded.waiting_since) end,
          status = case when excluded.unread_count > 0 then 'OPEN' else c.status end,
          snoozed_until = case when excluded.unread_count > 0 then null else c.snoozed_until end
         where c.id = excluded.id;
        get diagnostics v_touched = row_count;
        if v_touched < jsonb_array_length(p_batch->'threads') then
          raise serialization_failure using message = 'a conversation was opened since it was looked up';
        end if;

        insert into messages (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, text, external_id,
                              reply_to_external_id, content, sent_at)
        select v_workspace, id, conversation, channel, case when inbound then 'INBOUND'::message_direction else 'OUTBOUND' end,
               case when inbound then 'CONTACT'::message_author else 'MEMBER' end, kind, case when inbound then 'RECEIVED' else 'SENT' end,
               text, external, "replyTo", nullif(content, 'null'), at
          from jsonb_to_recordset(p_batch->'messages')
               as fresh (id uuid, conversation uuid, channel uuid, inbound boolean, kind text, text text, external text, "replyTo" text,
                       content jsonb, at timestamptz);

        update channels set last_inbound_at = now()
         where workspace_id = v_workspace and (last_inbound_at is null or last_inbound_at < now() - interval '1 minute')
           and id in (select channel from jsonb_to_recordset(p_batch->'messages') as fresh (channel uuid, inbound boolean) where inbound);
      end $$`);
    await planByKey(runner, 'store_messages(jsonb, boolean)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

/**
 * Every look-up of these functions goes by a whole key. Plans made while a table was small would read all of it, and
 * stay: so only plans by index are allowed, made once. What a table is joined with must be plain columns: an expression
 * over them (`item->>'id'`) could leak, so that row security keeps it out of the index.
 */
async function planByKey(runner: QueryRunner, signature: string): Promise<void> {
  for (const setting of [
    'enable_seqscan = off',
    'enable_hashjoin = off',
    'enable_mergejoin = off',
    'enable_material = off',
  ])
    await runner.query(`alter function ${signature} set ${setting}`);
  await runner.query(`alter function ${signature} set plan_cache_mode = force_generic_plan`);
}
