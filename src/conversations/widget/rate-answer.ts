import { Injectable } from '@nestjs/common';
import { Workspaces, isUuid, sql } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { MessageAuthor, MessageDirection, type MessageRating } from '../enums.js';
import { VisitorThreads } from './visitor-thread.js';
import type { PresentVisitor } from './visitors.js';

/** A visitor says whether a machine's answer was of help. It is kept with the answer, and members see it. */
@Injectable()
export class RateAnswer {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly threads: VisitorThreads,
    private readonly feed: LiveFeed,
  ) {}

  /** Null takes it back. Only what a machine wrote in the visitor's own thread can be rated. */
  async run({ chat, visitor }: PresentVisitor, messageId: string, rating: MessageRating | null): Promise<void> {
    if (!isUuid(messageId)) throw notFound('The message');
    await this.workspaces.run(chat.workspaceId, async (tx) => {
      const conversationId = (await this.threads.of(tx, chat, visitor))?.conversationId ?? null;
      const row = await tx.first<{ before: MessageRating | null }>(sql`
        select rating as before from messages
         where workspace_id = ${tx.workspaceId} and id = ${messageId} and conversation_id = ${conversationId}
           and direction = ${MessageDirection.OUTBOUND} and author = ${MessageAuthor.BOT}
           and status in ('SENT', 'DELIVERED', 'READ') and deleted_at is null for update`);
      if (row === null || conversationId === null) throw notFound('The message');
      if (row.before === rating) return;
      await tx.execute(
        sql`update messages set rating = ${rating} where workspace_id = ${tx.workspaceId} and id = ${messageId}`,
      );
      this.feed.append(tx, { kind: 'MessageChanged', ids: [messageId], conversationId });
    });
  }
}
