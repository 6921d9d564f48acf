import type pg from 'pg';

/** What stands in a full inbox. */
export interface InboxSize {
  readonly conversations: number;
  readonly messages: number;
  readonly replies: number;
}

/**
 * Fills the inbox of a workspace with conversations of one channel, the newest last, and with saved replies. The words of
 * number n hold `(n)`, so that a page can be asked whether it shows that one.
 */
export async function fillInbox(
  admin: pg.Client,
  { workspaceId, channelId }: { readonly workspaceId: string; readonly channelId: string },
  { conversations, messages, replies }: InboxSize,
): Promise<void> {
  await admin.query('begin');
  await admin.query(
    `create temporary table placed on commit drop as
     select $1::uuid as w, $2::uuid as channel, n, uuidv7() as contact, uuidv7() as thread, uuidv7() as conversation, uuidv7() as last,
            now() - make_interval(mins => $3::int - n) as at
       from generate_series(1, $3::int) n`,
    [workspaceId, channelId, conversations],
  );
  await admin.query(
    `insert into contacts (workspace_id, id, name, first_seen_at, last_seen_at) select w, contact, 'Customer (' || n || ')', at, at from placed`,
  );
  await admin.query(
    `insert into contact_identities (workspace_id, id, channel_id, external_id, contact_id, original_contact_id, kind, thread_key)
     select w, uuidv7(), channel, 'visitor-' || n, contact, contact, 'visitor', thread from placed`,
  );
  await admin.query(
    `insert into conversations (workspace_id, id, channel_id, contact_id, thread_key, tags, unread_count, last_message_id, last_inbound_id,
                                last_inbound_at, waiting_since, last_activity_at, created_at)
     select w, conversation, channel, contact, thread, case when n % 3 = 0 then array['vip'] else '{}' end, (n % 4 = 0)::int,
            last, last, at, at, at, at from placed`,
  );
  await admin.query(
    `insert into messages (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, text, external_id, sent_at)
     select w, case k when $1::int then last else uuidv7() end, conversation, channel, 'INBOUND', 'CONTACT', 'TEXT', 'RECEIVED',
            'Where is my parcel, please? It was to arrive on Tuesday, and the shop says it left. (' || n || ') ' || k,
            'full-' || n || '-' || k, at - make_interval(secs => $1::int - k)
       from placed, generate_series(1, $1::int) k`,
    [messages],
  );
  await admin.query(
    `insert into canned_responses (workspace_id, id, shortcut, text)
     select $1::uuid, uuidv7(), 'reply-' || n || '-' || (array['return', 'refund', 'parcel', 'hours'])[1 + n % 4],
            'Thank you for writing to us. We have looked into it, and number ' || n || ' is on its way to you today.'
       from generate_series(1, $2::int) n`,
    [workspaceId, replies],
  );
  await admin.query('commit');
  await admin.query('vacuum analyze');
}
