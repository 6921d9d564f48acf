import { Injectable } from '@nestjs/common';
import { Workspaces, isUuid, sql } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { ActivityBoard } from '../inbox/activity-board.js';
import { type FeedPage, VisitorFeed } from './visitor-feed.js';
import { VisitorSignals } from './visitor-signals.js';
import { VisitorThreads } from './visitor-thread.js';
import type { PresentVisitor } from './visitors.js';

/** A visitor looks at their thread. */
@Injectable()
export class ReadThread {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly threads: VisitorThreads,
    private readonly visitorFeed: VisitorFeed,
    private readonly signals: VisitorSignals,
    private readonly board: ActivityBoard,
  ) {}

  /** The last messages, or what came after a place. What is fetched here has been delivered. */
  async page(
    present: PresentVisitor,
    after: string | null,
  ): Promise<Omit<FeedPage, 'unseen'> & { readonly conversationId: string | null }> {
    const { chat, visitor } = present;
    const { conversationId, page } = await this.workspaces.read(chat.workspaceId, async (tx) => {
      const thread = await this.threads.of(tx, chat, visitor);
      const id = thread?.conversationId ?? null;
      return { conversationId: id, page: await this.visitorFeed.page(tx, visitor.id, id, after) };
    });
    const { unseen, ...shown } = page;
    if (unseen !== null) await this.signals.seen(present, 'DELIVERED', unseen);
    return { conversationId, ...shown };
  }

  /** The visitor has read up to a message, or all there is. */
  async read(present: PresentVisitor, messageId: string | null): Promise<void> {
    const { chat, visitor } = present;
    const until = await this.workspaces.read(chat.workspaceId, async (tx) => {
      const conversationId = (await this.threads.of(tx, chat, visitor))?.conversationId ?? null;
      if (messageId !== null && !isUuid(messageId)) throw notFound('The message');
      const row = await tx.first<{ sentAt: Date }>(sql`
        select sent_at as "sentAt" from messages
         where workspace_id = ${tx.workspaceId} and conversation_id = ${conversationId} and direction <> 'NOTE'
           and (direction = 'INBOUND' or status in ('SENT', 'DELIVERED', 'READ')) and (${messageId}::uuid is null or id = ${messageId}::uuid)
         order by id desc limit 1`);
      if (row === null && messageId !== null) throw notFound('The message');
      return row?.sentAt ?? null;
    });
    if (until !== null) await this.signals.seen(present, 'READ', until);
  }

  /** Open inboxes are shown that the visitor types. Before the first message there is nowhere to show it. */
  async typing({ chat, visitor }: PresentVisitor, typing: boolean): Promise<void> {
    const thread = await this.workspaces.read(chat.workspaceId, (tx) => this.threads.of(tx, chat, visitor));
    const conversationId = thread?.conversationId ?? null;
    if (conversationId === null || thread?.blocked === true) return;
    const activity = { conversationId, memberId: null, typing: false, viewing: false, contactTyping: typing };
    this.board.tell(chat.workspaceId, activity);
  }
}
