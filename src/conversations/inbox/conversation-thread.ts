import { Injectable } from '@nestjs/common';
import type { ChannelKind, ChannelStatus, MessageKind } from '../../channels/index.js';
import { type WorkspaceTransaction, isUuid, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import type { ConversationStatus, MessageAuthor, MessageDirection } from '../enums.js';
import { floodedOf } from '../flooding.js';

/** A conversation with what whoever answers in it has to know. */
export interface ConversationThread {
  readonly conversation: {
    readonly id: string;
    readonly channelId: string;
    readonly aiPaused: boolean;
    readonly assigneeId: string | null;
    readonly spam: boolean;
    readonly status: ConversationStatus;
    readonly lastInboundId: string | null;
  };
  readonly contact: {
    readonly id: string;
    readonly name: string | null;
    readonly language: string | null;
    readonly automationObjected: boolean;
    readonly processingRestricted: boolean;
    readonly blocked: boolean;
  };
  readonly channel: { readonly id: string; readonly kind: ChannelKind; readonly status: ChannelStatus };
  /** The last of them, oldest first. Neither notes nor what was taken back. */
  readonly messages: readonly {
    readonly id: string;
    readonly direction: MessageDirection;
    readonly author: MessageAuthor;
    readonly kind: MessageKind;
    readonly text: string | null;
    readonly sentAt: Date;
    /** A machine at the other end wrote it. */
    readonly automatic: boolean;
  }[];
}

/** Conversations for those who answer in them by machine. Participants: none opens a transaction. */
@Injectable()
export class ConversationThreads {
  constructor(private readonly feed: LiveFeed) {}

  /** The conversation with its last `limit` messages; null where there is none with this id. */
  async thread(tx: WorkspaceTransaction, conversationId: string, limit: number): Promise<ConversationThread | null> {
    if (!isUuid(conversationId)) return null;
    const about = await tx.first<Omit<ConversationThread, 'messages'>>(sql`
      select json_build_object('id', c.id, 'channelId', c.channel_id, 'aiPaused', c.ai_paused, 'assigneeId', c.assignee_id, 'spam', c.spam, 'status', c.status,
                               'lastInboundId', c.last_inbound_id) as conversation,
             json_build_object('id', k.id, 'name', k.name, 'language', k.language, 'automationObjected', k.automation_objected,
                               'processingRestricted', k.processing_restricted, 'blocked', k.blocked) as contact,
             json_build_object('id', h.id, 'kind', h.kind, 'status', h.status) as channel
        from conversations c
        join contacts k on k.workspace_id = c.workspace_id and k.id = c.contact_id
        join channels h on h.workspace_id = c.workspace_id and h.id = c.channel_id
       where c.workspace_id = ${tx.workspaceId} and c.id = ${conversationId}`);
    if (about === null) return null;
    const newestFirst = await tx.query<ConversationThread['messages'][number]>(sql`
      select m.id, m.direction, m.author, m.kind, m.text, m.sent_at as "sentAt",
             coalesce(m.content #>> '{mail,automatic}', 'false') = 'true' as automatic
        from messages m
       where m.workspace_id = ${tx.workspaceId} and m.conversation_id = ${conversationId} and m.direction <> 'NOTE' and m.deleted_at is null
       order by m.id desc limit ${limit}`);
    return { ...about, messages: newestFirst.reverse() };
  }

  /** Whether the customer writes more there than any person does: no machine answers to that. */
  async isFlooded(tx: WorkspaceTransaction, conversationId: string): Promise<boolean> {
    return (await floodedOf(tx, [conversationId])).has(conversationId);
  }

  /** Keeps bots out of a conversation, or lets them in again. Gives whether anything changed. */
  async setAiPaused(tx: WorkspaceTransaction, conversationId: string, paused: boolean): Promise<boolean> {
    if (!isUuid(conversationId)) return false;
    const changed = await tx.execute(sql`
      update conversations set ai_paused = ${paused}
       where workspace_id = ${tx.workspaceId} and id = ${conversationId} and ai_paused <> ${paused}`);
    if (changed > 0) this.feed.append(tx, { kind: 'ConversationChanged', ids: [conversationId], conversationId });
    return changed > 0;
  }

  /** Makes a conversation nobody's, so that a machine may have it. Gives whether it was anybody's. */
  async giveBack(tx: WorkspaceTransaction, conversationId: string): Promise<boolean> {
    const changed = await tx.execute(sql`
      update conversations set assignee_id = null
       where workspace_id = ${tx.workspaceId} and id = ${conversationId} and assignee_id is not null`);
    if (changed > 0) this.feed.append(tx, { kind: 'ConversationChanged', ids: [conversationId], conversationId });
    return changed > 0;
  }
}
