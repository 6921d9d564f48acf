import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../platform/database/index.js';
import { LiveFeed } from '../platform/live/index.js';
import { Outbox } from '../platform/outbox/index.js';

/** Removes conversations for good: their messages and what hangs on them at once, their files as soon as that is committed. */
@Injectable()
export class RemoveConversations {
  constructor(
    private readonly outbox: Outbox,
    private readonly feed: LiveFeed,
  ) {}

  /** Participant. Ids of no conversation here are left alone. */
  async run(tx: WorkspaceTransaction, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const files = await tx.query<{ fileId: string | null }>(sql`
      delete from attachments a using messages m
       where a.workspace_id = ${tx.workspaceId} and m.workspace_id = a.workspace_id and m.id = a.message_id
         and m.conversation_id = any (${ids}::uuid[])
      returning a.file_id as "fileId"`);
    for (const { fileId } of files) if (fileId !== null) this.outbox.schedule(tx, 'remove-file', fileId);
    const gone = await tx.query<{ id: string }>(sql`
      delete from conversations where workspace_id = ${tx.workspaceId} and id = any (${ids}::uuid[]) returning id`);
    if (gone.length > 0)
      this.feed.append(tx, { kind: 'Erased', ids: gone.map(({ id }) => id), detail: 'Conversation' });
  }
}
