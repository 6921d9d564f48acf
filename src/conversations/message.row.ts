import type { MessageContent, MessageKind } from '../channels/index.js';
import { type Sql, sql } from '../platform/database/index.js';
import type { AttachmentStatus, MessageAuthor, MessageDirection, MessageRating, MessageStatus } from './enums.js';

/** A message as its table holds it. */
export interface MessageRow {
  readonly id: string;
  readonly conversationId: string;
  readonly channelId: string;
  readonly direction: MessageDirection;
  readonly author: MessageAuthor;
  readonly kind: MessageKind;
  readonly status: MessageStatus;
  readonly memberId: string | null;
  readonly text: string | null;
  readonly externalId: string | null;
  readonly replyToExternalId: string | null;
  readonly content: MessageContent | null;
  readonly error: string | null;
  readonly draftId: string | null;
  /** What a visitor said of a machine's answer. */
  readonly rating: MessageRating | null;
  readonly sentAt: Date;
  readonly editedAt: Date | null;
  readonly deletedAt: Date | null;
}

/** What a statement over `messages m` selects to give MessageRows. */
export const messageColumns: Sql = sql`
  m.id, m.conversation_id as "conversationId", m.channel_id as "channelId", m.direction, m.author, m.kind, m.status,
  m.member_id as "memberId", m.text, m.external_id as "externalId", m.reply_to_external_id as "replyToExternalId", m.content,
  m.error, m.draft_id as "draftId", m.rating, m.sent_at as "sentAt", m.edited_at as "editedAt", m.deleted_at as "deletedAt"`;

/** An attachment as its table holds it. */
export interface AttachmentRow {
  readonly id: string;
  readonly messageId: string;
  readonly kind: MessageKind;
  readonly status: AttachmentStatus;
  readonly name: string | null;
  readonly contentType: string | null;
  readonly size: number | null;
  readonly fileId: string | null;
  /** Whether there is a small picture of the file. */
  readonly hasThumbnail: boolean;
  /** Why it cannot be opened, in words; null where nothing is wrong. */
  readonly trouble: string | null;
  /** For REFERENCE: a page on the web. */
  readonly url: string | null;
}

/** What a statement over `attachments a` selects to give AttachmentRows. */
export const attachmentColumns: Sql = sql`
  a.id, a.message_id as "messageId", a.kind, a.status, a.name, a.content_type as "contentType", a.size, a.file_id as "fileId", a.url, a.trouble,
  coalesce((select f.has_thumbnail from files f where f.workspace_id = a.workspace_id and f.id = a.file_id), false) as "hasThumbnail"`;
