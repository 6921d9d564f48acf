import { Injectable } from '@nestjs/common';
import type { InboundEvent, MessageEvent, RoutedItem } from '../../channels/index.js';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { MessagesReceived } from '../conversations.events.js';
import { ApplySignals, type Signal } from './apply-signals.js';
import { MatchEchoes } from './match-echoes.js';
import { ResolveContacts } from './resolve-contacts.js';
import { type NewMessage, StoreMessages } from './store-messages.js';

/** An item with what its adapter made of it. */
export interface Understood {
  readonly item: RoutedItem;
  readonly events: readonly InboundEvent[];
}

/** The steps inside the transaction. */
@Injectable()
export class ReceiveSteps {
  constructor(
    private readonly contacts: ResolveContacts,
    private readonly echoes: MatchEchoes,
    private readonly messages: StoreMessages,
    private readonly signals: ApplySignals,
    private readonly feed: LiveFeed,
    private readonly facts: Facts,
  ) {}

  async run(tx: WorkspaceTransaction, understood: readonly Understood[]): Promise<void> {
    const events = understood.flatMap(({ item, events }) => events.map((event) => ({ item, event })));
    const people = await this.contacts.known(
      tx,
      events.flatMap(({ item, event }) =>
        'customer' in event ? [{ channelId: item.channelId, customer: event.customer }] : [],
      ),
    );
    const fresh = await this.unseen(
      tx,
      events.filter((one): one is { item: RoutedItem; event: MessageEvent } => one.event.type === 'message'),
    );
    const others = await this.echoes.settle(tx, people, fresh);
    await this.contacts.complete(
      tx,
      people,
      others.map(({ item, event }) => ({
        channelId: item.channelId,
        kind: item.kind,
        customer: event.customer,
        at: event.at,
      })),
    );
    const stored = await this.messages.store(tx, people, others);
    const signals = events.flatMap(({ item, event }): Signal[] => (event.type === 'message' ? [] : [{ item, event }]));
    // Told before the signals: nobody hears that a message changed which they have not heard of.
    for (const { id, conversationId } of stored)
      this.feed.append(tx, { kind: 'MessageAdded', ids: [id], conversationId });
    await this.tellReplies(tx, stored);
    await this.signals.apply(tx, people, signals, stored);
    await this.tell(tx, stored, understood);
  }

  /** Messages that are neither stored already nor twice in this batch. */
  private async unseen(tx: WorkspaceTransaction, events: readonly { item: RoutedItem; event: MessageEvent }[]) {
    if (events.length === 0) return [];
    const keyOf = (channelId: string, externalId: string) => `${channelId} ${externalId}`;
    const unique = new Map(events.toReversed().map((one) => [keyOf(one.item.channelId, one.event.externalId), one]));
    const known = await tx.query<{ channelId: string; externalId: string }>(sql`
      select m.channel_id as "channelId", m.external_id as "externalId" from messages m
        join unnest(${events.map(({ item }) => item.channelId)}::uuid[], ${events.map(({ event }) => event.externalId)}::text[])
             as asked (channel_id, external_id) on asked.channel_id = m.channel_id and asked.external_id = m.external_id
       where m.workspace_id = ${tx.workspaceId}`);
    for (const { channelId, externalId } of known) unique.delete(keyOf(channelId, externalId));
    return [...unique.values()].reverse();
  }

  /** Replies that came before what they reply to show it from now on. Younger messages than the stored ones are few. */
  private async tellReplies(tx: WorkspaceTransaction, stored: readonly NewMessage[]): Promise<void> {
    if (stored.length === 0) return;
    const replies = await tx.query<{ id: string; conversationId: string }>(sql`
      select m.id, m.conversation_id as "conversationId"
        from unnest(${stored.map((message) => message.conversationId)}::uuid[], ${stored.map((message) => message.id)}::uuid[],
                    ${stored.map((message) => message.event.externalId)}::text[]) as new (conversation_id, id, external_id)
        join messages m on m.workspace_id = ${tx.workspaceId} and m.conversation_id = new.conversation_id and m.id > new.id
                       and m.reply_to_external_id = new.external_id
       where m.id <> all (${stored.map((message) => message.id)}::uuid[])`);
    for (const { id, conversationId } of replies)
      this.feed.append(tx, { kind: 'MessageChanged', ids: [id], conversationId });
  }

  private async tell(
    tx: WorkspaceTransaction,
    stored: readonly NewMessage[],
    understood: readonly Understood[],
  ): Promise<void> {
    for (const conversationId of new Set(stored.map((message) => message.conversationId))) {
      this.feed.append(tx, { kind: 'ConversationChanged', ids: [conversationId], conversationId });
    }
    const received = stored.filter((message) => message.event.from === 'contact');
    if (received.length > 0) {
      const channelIds = [...new Set(understood.map(({ item }) => item.channelId))];
      await tx.execute(sql`
        update channels set last_inbound_at = now()
         where workspace_id = ${tx.workspaceId} and id = any (${channelIds}) and (last_inbound_at is null or last_inbound_at < now() - interval '1 minute')`);
    }
    const answerable = Map.groupBy(
      received.filter((message) => !message.event.standby),
      (message) => message.conversationId,
    );
    if (answerable.size > 0) {
      await this.facts.announce(
        tx,
        new MessagesReceived(
          [...answerable].map(([conversationId, messages]) => ({
            conversationId,
            channelId: messages[0]?.item.channelId ?? '',
            lastMessageId:
              messages
                .map((message) => message.id)
                .sort()
                .at(-1) ?? '',
          })),
        ),
      );
    }
  }
}
