import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, newId, sql } from '../../platform/database/index.js';
import type { NewMessage } from './store-messages.js';

interface Thread {
  readonly channelId: string;
  readonly threadKey: string;
  readonly contactId: string;
  readonly last: string;
  readonly lastAt: Date;
  readonly lastInbound: string | null;
  readonly lastInboundAt: Date | null;
  readonly received: number;
  /** Since when the customer waits, after this batch; null where the business spoke last. */
  readonly waitingSince: Date | null;
}

/** Opens the conversation of each thread, or brings it up to date, in one statement. */
@Injectable()
export class Threads {
  /** The conversation of each `channel thread`. Each is written once, whatever came for it. */
  async touch(tx: WorkspaceTransaction, messages: readonly NewMessage[]): Promise<Map<string, string>> {
    const threads = [
      ...Map.groupBy(messages, (message) => `${message.item.channelId} ${message.threadKey}`).values(),
    ].map(threadOf);
    // What came late neither opens a conversation again nor moves it up: the newest message decides.
    const rows = await tx.query<{ id: string; channelId: string; threadKey: string }>(sql`
      insert into conversations as c (workspace_id, id, channel_id, contact_id, thread_key, unread_count, last_message_id, last_inbound_id,
                                      last_inbound_at, waiting_since, last_activity_at)
      select ${tx.workspaceId}, id, channel_id, contact_id, thread_key, received, last, last_inbound, last_inbound_at, waiting_since, last_at
        from unnest(${threads.map(() => newId())}::uuid[], ${threads.map((thread) => thread.channelId)}::uuid[],
                    ${threads.map((thread) => thread.contactId)}::uuid[], ${threads.map((thread) => thread.threadKey)}::uuid[],
                    ${threads.map((thread) => thread.received)}::int[], ${threads.map((thread) => thread.last)}::uuid[],
                    ${threads.map((thread) => thread.lastInbound)}::uuid[], ${threads.map((thread) => thread.lastInboundAt)}::timestamptz[],
                    ${threads.map((thread) => thread.waitingSince)}::timestamptz[], ${threads.map((thread) => thread.lastAt)}::timestamptz[])
             as t (id, channel_id, contact_id, thread_key, received, last, last_inbound, last_inbound_at, waiting_since, last_at)
       order by thread_key
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
      returning c.id, c.channel_id as "channelId", c.thread_key as "threadKey"`);
    return new Map(rows.map((row) => [`${row.channelId} ${row.threadKey}`, row.id]));
  }
}

function threadOf(messages: readonly NewMessage[]): Thread {
  const ordered = [...messages].sort((a, b) => (a.id < b.id ? -1 : 1));
  const inbound = ordered.filter((message) => message.event.from === 'contact');
  const [first] = ordered;
  const last = ordered.at(-1);
  const lastInbound = inbound.at(-1);
  if (first === undefined || last === undefined) throw new Error('A thread is touched by a message.');
  const lastOutbound = ordered.findLast((message) => message.event.from === 'business');
  const unanswered = inbound.find((message) => lastOutbound === undefined || message.id > lastOutbound.id);
  return {
    channelId: first.item.channelId,
    threadKey: first.threadKey,
    contactId: first.contactId,
    last: last.id,
    lastAt: new Date(last.at),
    lastInbound: lastInbound?.id ?? null,
    lastInboundAt: lastInbound === undefined ? null : new Date(lastInbound.at),
    received: inbound.length,
    waitingSince: unanswered === undefined ? null : new Date(unanswered.at),
  };
}
