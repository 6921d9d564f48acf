import { type Sql, sql } from '../platform/database/index.js';
import type { ConversationStatus } from './enums.js';

/** A conversation as its table holds it. */
export interface ConversationRow {
  readonly id: string;
  readonly channelId: string;
  readonly contactId: string;
  readonly subject: string | null;
  readonly status: ConversationStatus;
  /** 0 (none) to 4 (urgent): the index in `priorities`. */
  readonly priority: number;
  readonly assigneeId: string | null;
  readonly tags: readonly string[];
  readonly snoozedUntil: Date | null;
  readonly spam: boolean;
  readonly aiPaused: boolean;
  readonly unreadCount: number;
  readonly lastMessageId: string | null;
  readonly lastInboundAt: Date | null;
  /** When the customer last shut the business out, and last let it in; null where a platform never said so. */
  readonly unreachableAt: Date | null;
  readonly reachableAt: Date | null;
  /** Since when the customer waits for an answer; null while they do not. */
  readonly waitingSince: Date | null;
  readonly lastActivityAt: Date;
  readonly createdAt: Date;
  /** When the business last said here that it is away. */
  readonly awaySentAt: Date | null;
  /** The database's time: what follows from an age is reckoned by the clock that wrote its beginning. */
  readonly readAt: Date;
}

/** What a statement over `conversations c` selects to give ConversationRows. */
export const conversationColumns: Sql = sql`
  c.id, c.channel_id as "channelId", c.contact_id as "contactId", c.subject, c.status, c.priority, c.assignee_id as "assigneeId",
  c.tags, c.snoozed_until as "snoozedUntil", c.spam, c.ai_paused as "aiPaused", c.unread_count as "unreadCount",
  c.last_message_id as "lastMessageId", c.last_inbound_at as "lastInboundAt",
  c.unreachable_at as "unreachableAt", c.reachable_at as "reachableAt", c.away_sent_at as "awaySentAt", c.waiting_since as "waitingSince",
  c.last_activity_at as "lastActivityAt", c.created_at as "createdAt", now() as "readAt"`;
