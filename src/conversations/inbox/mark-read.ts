import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import type { ConversationRow } from '../conversation.row.js';
import { lockConversation } from '../lock-conversation.js';
import { PassingSignals } from '../outbound/passing-signals.js';
import { UpdateConversation } from './update-conversation.js';

/** A member has seen all of a conversation: their own place moves, and for the workspace nothing in it is unread. */
@Injectable()
export class MarkRead {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly update: UpdateConversation,
    private readonly feed: LiveFeed,
    private readonly passing: PassingSignals,
  ) {}

  async run({ workspaceId, memberId }: MemberActor, id: string): Promise<ConversationRow> {
    return this.workspaces.run(workspaceId, async (tx) => {
      // Locked first: whatever comes in meanwhile waits, and is unread.
      const before = await lockConversation(tx, id);
      await this.movePointer(tx, memberId, before.id);
      await this.seeMentions(tx, memberId, before.id);
      if (before.unreadCount > 0) tx.afterCommit(() => this.passing.show(workspaceId, before.id, 'seen'));
      return before.unreadCount === 0 ? before : this.update.set(tx, before.id, sql`unread_count = 0`);
    });
  }

  private async movePointer(tx: WorkspaceTransaction, memberId: string, conversationId: string): Promise<void> {
    const moved = await tx.first<{ messageId: string }>(sql`
      insert into read_pointers as p (workspace_id, conversation_id, member_id, message_id)
      select m.workspace_id, m.conversation_id, ${memberId}, m.id from messages m
       where m.workspace_id = ${tx.workspaceId} and m.conversation_id = ${conversationId} order by m.id desc limit 1
      on conflict (workspace_id, conversation_id, member_id) do update set message_id = excluded.message_id
       where p.message_id < excluded.message_id
      returning message_id as "messageId"`);
    if (moved === null) return;
    // Only the reader is told: what others have read is not for everyone to see.
    this.feed.append(tx, {
      kind: 'ReadPointerChanged',
      ids: [conversationId, moved.messageId],
      conversationId,
      memberId,
    });
  }

  private async seeMentions(tx: WorkspaceTransaction, memberId: string, conversationId: string): Promise<void> {
    const seen = await tx.execute(sql`
      update mentions set seen_at = now()
       where workspace_id = ${tx.workspaceId} and member_id = ${memberId} and conversation_id = ${conversationId} and seen_at is null`);
    if (seen > 0)
      this.feed.append(tx, {
        kind: 'WorkspaceChanged',
        detail: 'mentions',
        ids: [conversationId],
        conversationId,
        memberId,
      });
  }
}
