import { Injectable } from '@nestjs/common';
import type { MessageEvent, MessageThread } from '../../channels/index.js';
import { type WorkspaceTransaction, cleanText, newId, sql } from '../../platform/database/index.js';
import type { Arrived } from './look-up.js';
import { messageKey } from './look-up.js';
import type { People } from './people.js';
import type { NewMessage } from './plan-storing.js';

/** The thread that each of these messages goes to; one that is not in it goes where its writer's others go. */
export type Placed = ReadonlyMap<Arrived<MessageEvent>, string>;

type Threaded = Arrived<MessageEvent & { readonly thread: MessageThread }>;

/** A message that is referred to, with the conversation that it stands in. */
interface Known {
  readonly channelId: string;
  readonly externalId: string;
  readonly outbound: boolean;
  readonly threadKey: string;
  readonly conversationId: string | null;
  readonly contactId: string | null;
  /** Of one that came in this batch: who its customer is. */
  readonly address: string | null;
}

/**
 * Where a channel has threads, a message belongs to the conversation of what it answers, and otherwise begins one: what it is
 * called says nothing. Only those who were in a thread can write into it: whoever wrote the message that is answered, and
 * whomever we sent it to, for nobody else knows its name.
 */
@Injectable()
export class PlaceThreads {
  /** Finds the thread of each message that has one. Conversations that are known are added to `people`. */
  async place(tx: WorkspaceTransaction, people: People, events: readonly Arrived<MessageEvent>[]): Promise<Placed> {
    const placed = new Map<Arrived<MessageEvent>, string>();
    const threaded = events.filter(isThreaded);
    if (threaded.length === 0) return placed;
    const known = await this.referredTo(tx, threaded);
    for (const one of threaded) {
      const { item, event } = one;
      const answered = event.thread.references
        .map((name) => known.get(messageKey(item.channelId, name)))
        .find((message) => message !== undefined && mayJoin(people, one, message));
      const threadKey = answered?.threadKey ?? newId();
      const conversationId = answered?.conversationId ?? null;
      placed.set(one, threadKey);
      if (conversationId !== null) people.setConversation(item.channelId, threadKey, conversationId);
      // Another of the same batch may answer this one.
      known.set(messageKey(item.channelId, event.externalId), {
        channelId: item.channelId,
        externalId: event.externalId,
        outbound: event.from === 'business',
        threadKey,
        conversationId,
        contactId: answered?.contactId ?? people.find(item.channelId, event.customer)?.contactId ?? null,
        address: event.customer.addresses[0].externalId,
      });
    }
    return placed;
  }

  /** Writes down what the conversations are about, and the addresses of those who wrote. */
  async describe(tx: WorkspaceTransaction, people: People, stored: readonly NewMessage[]): Promise<void> {
    const mails = stored.filter(({ event }) => event.thread !== undefined);
    if (mails.length === 0) return;
    const begun = mails.filter(({ conversationId }) => people.isBegun(conversationId));
    // The first of each conversation names it.
    const named = new Map(begun.toReversed().map((mail) => [mail.conversationId, mail]));
    const rows = [...named.values()];
    await tx.execute(sql`
      update conversations c set subject = named.subject, spam = c.spam or named.junk
        from unnest(${rows.map((row) => row.conversationId)}::uuid[], ${rows.map((row) => subjectOf(row))}::text[],
                    ${rows.map((row) => row.event.thread?.junk === true)}::boolean[]) as named (id, subject, junk)
       where c.workspace_id = ${tx.workspaceId} and c.id = named.id and (c.subject is null or named.junk)`);
    const writers = new Map(mails.map((mail) => [mail.contactId, mail.event.customer.addresses[0].externalId]));
    await tx.execute(sql`
      update contacts k set emails = k.emails || array[writer.address]
        from unnest(${[...writers.keys()]}::uuid[], ${[...writers.values()]}::text[]) as writer (id, address)
       where k.workspace_id = ${tx.workspaceId} and k.id = writer.id and not writer.address = any (k.emails) and cardinality(k.emails) < 20`);
  }

  private async referredTo(tx: WorkspaceTransaction, threaded: readonly Threaded[]): Promise<Map<string, Known>> {
    const asked = new Map<string, { channelId: string; name: string }>();
    for (const { item, event } of threaded)
      for (const name of event.thread.references)
        asked.set(messageKey(item.channelId, name), { channelId: item.channelId, name });
    const names = [...asked.values()];
    if (names.length === 0) return new Map();
    const rows = await tx.query<Known>(sql`
      select m.channel_id as "channelId", m.external_id as "externalId", m.direction = 'OUTBOUND' as outbound,
             c.thread_key as "threadKey", c.id as "conversationId", c.contact_id as "contactId", null as address
        from unnest(${names.map((one) => one.channelId)}::uuid[], ${names.map((one) => one.name)}::text[]) as asked (channel, external)
        join messages m on m.workspace_id = ${tx.workspaceId} and m.external_digest = external_digest(${tx.workspaceId}, asked.channel, asked.external)
                       and m.channel_id = asked.channel and m.external_id = asked.external
        join conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id`);
    return new Map(rows.map((row) => [messageKey(row.channelId, row.externalId), row]));
  }
}

function isThreaded(one: Arrived<MessageEvent>): one is Threaded {
  return one.event.thread !== undefined;
}

function mayJoin(people: People, { item, event }: Threaded, message: Known): boolean {
  if (message.outbound || event.from === 'business') return true;
  if (message.address !== null && message.address === event.customer.addresses[0].externalId) return true;
  const person = people.find(item.channelId, event.customer);
  return person !== null && person.contactId === message.contactId;
}

function subjectOf({ event }: NewMessage): string | null {
  const subject = event.thread?.subject ?? null;
  return subject === null ? null : cleanText(subject, 500);
}
