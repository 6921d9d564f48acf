import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { VisitorForgotten } from '../conversations.events.js';
import { LegalHolds } from '../../platform/personal-data/index.js';
import { RemoveConversations } from '../remove-conversations.js';
import type { PresentVisitor } from './visitors.js';

/** What a visitor wrote under, with everybody who writes there. */
interface Thread {
  readonly channelId: string;
  readonly contactId: string;
  readonly threadKey: string;
}

/**
 * The visitor asks to be erased: what they wrote in this chat, what was answered, their files, their address and their
 * sessions go at once. The contact goes too where nothing else is known of them.
 */
@Injectable()
export class ForgetVisitor {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly conversations: RemoveConversations,
    private readonly feed: LiveFeed,
    private readonly audit: AuditLog,
    private readonly holds: LegalHolds,
    private readonly facts: Facts,
  ) {}

  run({ chat: { workspaceId, channelId }, visitor }: PresentVisitor): Promise<void> {
    return this.workspaces.run(
      workspaceId,
      async (tx) => {
        const thread = await tx.first<Omit<Thread, 'channelId'>>(sql`
          select contact_id as "contactId", thread_key as "threadKey" from contact_identities
           where workspace_id = ${workspaceId} and channel_id = ${channelId} and external_id = ${visitor.address}`);
        if (thread !== null) await this.holds.refuse(tx, [thread.contactId]);
        await tx.execute(sql`
          delete from visitors where workspace_id = ${workspaceId} and channel_id = ${channelId}
             and (id = ${visitor.id} or address = ${visitor.address})`);
        if (thread !== null) await this.removeThread(tx, { ...thread, channelId });
        await this.facts.announce(tx, new VisitorForgotten(workspaceId));
      },
      // Nothing that is being received meanwhile may bring the thread back.
      { oneAtATime: 'receive-messages' },
    );
  }

  private async removeThread(tx: WorkspaceTransaction, { channelId, contactId, threadKey }: Thread): Promise<void> {
    const { workspaceId } = tx;
    const conversations = await tx.query<{ id: string }>(sql`
      select id from conversations where workspace_id = ${workspaceId} and channel_id = ${channelId} and thread_key = ${threadKey}`);
    await this.conversations.run(
      tx,
      conversations.map(({ id }) => id),
    );
    await tx.execute(sql`
      delete from visitors v using contact_identities i
       where v.workspace_id = ${workspaceId} and v.channel_id = ${channelId} and i.workspace_id = v.workspace_id and i.channel_id = v.channel_id
         and i.external_id = v.address and i.thread_key = ${threadKey}`);
    await tx.execute(sql`
      delete from contact_identities where workspace_id = ${workspaceId} and channel_id = ${channelId} and thread_key = ${threadKey}`);
    const contacts = await tx.query<{ id: string }>(sql`
      delete from contacts k where k.workspace_id = ${workspaceId} and k.id = ${contactId}
         and not exists (select from contact_identities i where i.workspace_id = k.workspace_id and i.contact_id = k.id)
         and not exists (select from conversations c where c.workspace_id = k.workspace_id and c.contact_id = k.id)
         and not exists (select from contacts o where o.workspace_id = k.workspace_id and o.merged_into = k.id)
      returning k.id`);
    this.audit.record(tx, { actor: 'system', action: 'visitor.forget', target: contactId });
    for (const { id } of contacts) this.feed.append(tx, { kind: 'Erased', ids: [id], detail: 'Contact' });
  }
}
