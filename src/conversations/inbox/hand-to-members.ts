import { Injectable } from '@nestjs/common';
import { MessageKind } from '../../channels/index.js';
import { type WorkspaceTransaction, newId, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { MessageAuthor, MessageDirection, MessageStatus } from '../enums.js';
import { TellHandoff } from './tell-handoff.js';

/**
 * A machine yields a conversation: it is the members' from now on, waits for them, they read why, and those who
 * are away are told. Participant.
 */
@Injectable()
export class HandToMembers {
  constructor(
    private readonly feed: LiveFeed,
    private readonly tell: TellHandoff,
  ) {}

  /** Gives whether it was the machine's; where a person has it already nothing changes. */
  async run(tx: WorkspaceTransaction, conversationId: string, note: string): Promise<boolean> {
    const handed = await tx.first<{ channelId: string; assigneeId: string | null }>(sql`
      update conversations
         set ai_paused = true, status = 'OPEN', snoozed_until = null, last_activity_at = now(), unread_count = greatest(unread_count, 1),
             waiting_since = coalesce(waiting_since, now())
       where workspace_id = ${tx.workspaceId} and id = ${conversationId} and not ai_paused
      returning channel_id as "channelId", assignee_id as "assigneeId"`);
    if (handed === null) return false;
    const id = newId();
    await tx.execute(sql`
      insert into messages (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, text, sent_at)
      values (${tx.workspaceId}, ${id}, ${conversationId}, ${handed.channelId}, ${MessageDirection.NOTE}, ${MessageAuthor.SYSTEM}, ${MessageKind.TEXT},
              ${MessageStatus.SENT}, ${note}, now())`);
    this.feed.append(
      tx,
      { kind: 'MessageAdded', ids: [id], conversationId },
      { kind: 'ConversationChanged', ids: [conversationId], conversationId },
    );
    await this.tell.run(tx, conversationId, handed.assigneeId);
    return true;
  }
}
