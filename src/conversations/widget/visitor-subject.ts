import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import type { PresentVisitor } from './visitors.js';

/** Whom a visitor's address leads to. */
export interface FoundVisitor {
  readonly contactId: string;
  /** What they said in this chat. */
  readonly conversationId: string | null;
  /** A member has put them together with somebody who is met under other addresses too. */
  readonly writesElsewhere: boolean;
}

/** Who a visitor is to whoever erases them, and the end of their sessions. */
@Injectable()
export class VisitorSubject {
  constructor(private readonly outbox: Outbox) {}

  /** Participant. Who writes under the visitor's address; null for who never wrote. */
  find(
    tx: WorkspaceTransaction,
    { chat: { channelId }, visitor: { address } }: PresentVisitor,
  ): Promise<FoundVisitor | null> {
    return tx.first<FoundVisitor>(sql`
      select i.contact_id as "contactId", c.id as "conversationId",
             exists (select from contact_identities o
                      where o.workspace_id = i.workspace_id and o.contact_id = i.contact_id and o.id <> i.id) as "writesElsewhere"
        from contact_identities i
        left join conversations c on c.workspace_id = i.workspace_id and c.channel_id = i.channel_id and c.thread_key = i.thread_key
       where i.workspace_id = ${tx.workspaceId} and i.channel_id = ${channelId} and i.external_id = ${address}`);
  }

  /** Participant. No browser has this chat open for them any more, and what they uploaded and never sent goes. */
  async endSessions(tx: WorkspaceTransaction, { chat: { channelId }, visitor }: PresentVisitor): Promise<void> {
    const strays = await tx.query<{ id: string }>(sql`
      with gone as (
        delete from visitors where workspace_id = ${tx.workspaceId} and channel_id = ${channelId}
           and (id = ${visitor.id} or address = ${visitor.address})
        returning id)
      select f.id from files f join gone on f.visitor_id = gone.id where f.workspace_id = ${tx.workspaceId}`);
    for (const { id } of strays) this.outbox.schedule(tx, 'remove-file', id);
  }
}
