-- One transaction's worth of inbound messages: for each workspace, `p_each` messages of customers who are known, as the
-- product leaves them. Each message: its identity is looked up, it is stored unless it was before (unique on channel and
-- external id), its conversation is brought up to date, and the feed gets a numbered line for it and for the conversation.
create or replace function bench_store(p_workspaces uuid[], p_channels uuid[], p_firsts bigint[], p_customers int, p_each int, p_from bigint)
returns bigint language plpgsql as $function$
declare
  w uuid;
  k uuid;
  stored bigint := 0;
  here bigint;
begin
  for place in 1 .. array_length(p_workspaces, 1) loop
    w := p_workspaces[place];
    k := p_channels[place];
    perform set_config('app.workspace_id', w::text, true);
    with person as (
      select uuidv7() as id, now() as at, i.contact_id, i.thread_key,
             'wamid.HBgMOTA1NTUwMDAwMDk5FQIAEhgU' || left(md5((p_from + n)::text), 28) as external_id,
             p_from + n || ' is the order that I am still waiting for, please help' as text
        from generate_series(1, p_each) as n
        join contact_identities i on i.workspace_id = w and i.channel_id = k
         and i.external_id = (p_firsts[place] + (p_from + n) % p_customers)::text
    ), thread as (
      insert into conversations as c (workspace_id, id, channel_id, contact_id, thread_key, unread_count, last_message_id,
                                      last_inbound_id, last_inbound_at, waiting_since, last_activity_at)
      select w, uuidv7(), k, (array_agg(contact_id))[1], thread_key, count(*), (array_agg(id order by id desc))[1],
             (array_agg(id order by id desc))[1], max(at), min(at), max(at)
        from person group by thread_key
      on conflict (workspace_id, channel_id, thread_key) do update set
        unread_count = c.unread_count + excluded.unread_count, last_message_id = excluded.last_message_id,
        last_inbound_id = excluded.last_inbound_id, last_inbound_at = excluded.last_inbound_at,
        last_activity_at = excluded.last_activity_at, waiting_since = coalesce(c.waiting_since, excluded.waiting_since),
        status = 'OPEN', snoozed_until = null
      returning c.id, c.thread_key
    ), message as (
      insert into messages (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, text, external_id, sent_at)
      select w, person.id, thread.id, k, 'INBOUND', 'CONTACT', 'TEXT', 'RECEIVED', person.text, person.external_id, person.at
        from person join thread using (thread_key)
      on conflict (workspace_id, external_digest) where external_digest is not null do nothing
      returning id, conversation_id
    ), line as (
      select 'MessageAdded' as kind, id, conversation_id from message
      union all
      select 'ConversationChanged', id, id from thread
    ), numbered as (
      select *, row_number() over () as n, count(*) over () as lines from line
    ), counter as (
      update workspace_counters set events = events + (select count(*) from line) where workspace_id = w returning events
    ), told as (
      insert into workspace_events (workspace_id, seq, kind, ids, conversation_id)
      select w, counter.events - numbered.lines + numbered.n, numbered.kind, array[numbered.id], numbered.conversation_id
        from numbered, counter
    )
    select count(*) into here from message;
    stored := stored + here;
  end loop;
  return stored;
end $function$;
