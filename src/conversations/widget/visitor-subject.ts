import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import type { PresentVisitor } from './visitors.js';

/** Who a visitor is to whoever erases them, and the end of their sessions. */
@Injectable()
export class VisitorSubject {
  constructor(private readonly outbox: Outbox) {}

  /** Participant. The contact that writes under the visitor's address; null for who never wrote. */
  async contactOf(
    tx: WorkspaceTransaction,
    { chat: { channelId }, visitor: { address } }: PresentVisitor,
  ): Promise<string | null> {
    const row = await tx.first<{ id: string }>(sql`
      select contact_id as id from contact_identities
       where workspace_id = ${tx.workspaceId} and channel_id = ${channelId} and external_id = ${address}`);
    return row?.id ?? null;
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
