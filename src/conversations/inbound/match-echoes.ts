import { Injectable } from '@nestjs/common';
import type { MessageEvent } from '../../channels/index.js';
import { type WorkspaceTransaction, isUuid, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import type { Arrived } from './look-up.js';
import type { People } from './people.js';

/**
 * A platform repeats what the business sent, whoever sent it. An echo of our own message confirms it: found by the id
 * that we gave along, or, where the platform does not give that back, by its words among what is on its way.
 */
@Injectable()
export class MatchEchoes {
  constructor(private readonly feed: LiveFeed) {}

  /** Settles the echoes of our own messages; gives the events that are left. */
  async settle(
    tx: WorkspaceTransaction,
    people: People,
    events: readonly Arrived<MessageEvent>[],
  ): Promise<Arrived<MessageEvent>[]> {
    const left: Arrived<MessageEvent>[] = [];
    for (const one of events) {
      if (one.event.from === 'contact' || !(await this.isOurs(tx, people, one))) left.push(one);
    }
    return left;
  }

  private async isOurs(
    tx: WorkspaceTransaction,
    people: People,
    { item, event }: Arrived<MessageEvent>,
  ): Promise<boolean> {
    const settled = (await this.byOurId(tx, item, event)) ?? (await this.byWords(tx, people, item, event));
    if (settled === null) return false;
    this.feed.append(tx, { kind: 'MessageChanged', ids: [settled.id], conversationId: settled.conversationId });
    return true;
  }

  private async byOurId(tx: WorkspaceTransaction, item: Arrived['item'], event: MessageEvent) {
    if (!isUuid(event.ourMessageId)) return null;
    return tx.first<{ id: string; conversationId: string }>(sql`
      update messages set external_id = coalesce(external_id, ${event.externalId}),
                          error = case when status = 'FAILED' and external_id is not null then error end,
                          status = case when status = 'FAILED' and external_id is not null then status
                                        when status in ('QUEUED', 'SENDING', 'UNCONFIRMED', 'FAILED', 'HELD') then 'SENT' else status end
       where workspace_id = ${tx.workspaceId} and id = ${event.ourMessageId} and channel_id = ${item.channelId} and direction = 'OUTBOUND'
      returning id, conversation_id as "conversationId"`);
  }

  private async byWords(tx: WorkspaceTransaction, people: People, item: Arrived['item'], event: MessageEvent) {
    const person = people.find(item.channelId, event.customer);
    if (person === null || event.text === null || event.ourMessageId !== null) return null;
    return tx.first<{ id: string; conversationId: string }>(sql`
      update messages set external_id = ${event.externalId}, error = null, status = 'SENT'
       where workspace_id = ${tx.workspaceId} and id = (
         select m.id from messages m join conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
          where c.workspace_id = ${tx.workspaceId} and c.channel_id = ${item.channelId} and c.thread_key = ${person.threadKey}
            and m.direction = 'OUTBOUND' and m.status in ('SENDING', 'UNCONFIRMED') and m.external_id is null and m.text = ${event.text}
          order by m.id limit 1)
      returning id, conversation_id as "conversationId"`);
  }
}
