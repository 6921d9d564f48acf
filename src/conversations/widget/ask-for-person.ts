import { Injectable } from '@nestjs/common';
import { MessageKind } from '../../channels/index.js';
import { Workspaces, newId, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { MessageAuthor, MessageDirection, MessageStatus } from '../enums.js';
import { ConversationThreads } from '../inbox/conversation-thread.js';
import { TellHandoff } from '../inbox/tell-handoff.js';
import { VisitorThreads } from './visitor-thread.js';
import type { PresentVisitor } from './visitors.js';

/** A visitor wants a person: no bot answers in the conversation from now on, members read why, and those who are away are told. */
@Injectable()
export class AskForPerson {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly visitorThreads: VisitorThreads,
    private readonly threads: ConversationThreads,
    private readonly feed: LiveFeed,
    private readonly tell: TellHandoff,
  ) {}

  /** Gives the conversation. Asked again, it changes nothing. */
  run({ chat, visitor }: PresentVisitor): Promise<string> {
    return this.workspaces.run(chat.workspaceId, async (tx) => {
      const conversationId = (await this.visitorThreads.of(tx, chat, visitor))?.conversationId ?? null;
      if (conversationId === null)
        throw new DomainError(ErrorCode.CONFLICT, 'Write something first; then a person can answer.');
      if (!(await this.threads.setAiPaused(tx, conversationId, true))) return conversationId;
      const id = newId();
      await tx.execute(sql`
        insert into messages (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, text, sent_at)
        values (${tx.workspaceId}, ${id}, ${conversationId}, ${chat.channelId}, ${MessageDirection.NOTE}, ${MessageAuthor.SYSTEM}, ${MessageKind.TEXT},
                ${MessageStatus.SENT}, ${'The visitor asks for a person.'}, now())`);
      const handed = await tx.first<{ assigneeId: string | null }>(sql`
        update conversations set status = 'OPEN', snoozed_until = null, last_activity_at = now()
         where workspace_id = ${tx.workspaceId} and id = ${conversationId}
        returning assignee_id as "assigneeId"`);
      await this.tell.run(tx, conversationId, handed?.assigneeId ?? null);
      this.feed.append(
        tx,
        { kind: 'MessageAdded', ids: [id], conversationId },
        { kind: 'ConversationChanged', ids: [conversationId], conversationId },
      );
      return conversationId;
    });
  }
}
