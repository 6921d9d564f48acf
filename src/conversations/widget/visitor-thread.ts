import { Injectable } from '@nestjs/common';
import type { CitedPage, MessageKind, OpenWebChat } from '../../channels/index.js';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { FileStore } from '../../platform/files/index.js';
import { AttachmentType } from '../attachment.type.js';
import { MessageAuthor, MessageDirection, type MessageRating, MessageStatus } from '../enums.js';
import { type AttachmentRow, type MessageRow, attachmentColumns, messageColumns } from '../message.row.js';
import type { Visitor } from './visitors.js';

/** The thread of a visitor: what they belong to once they have written. */
export interface VisitorThread {
  readonly contactId: string;
  readonly conversationId: string | null;
  readonly blocked: boolean;
}

/** A message as its visitor sees it: who of the business wrote it stays inside. */
export interface VisitorMessage {
  readonly id: string;
  readonly from: 'visitor' | 'business';
  /** `ai` is always said. */
  readonly author: 'visitor' | 'person' | 'ai' | 'system';
  readonly kind: MessageKind;
  readonly text: string | null;
  readonly attachments: readonly {
    readonly id: string;
    readonly kind: MessageKind;
    readonly name: string | null;
    readonly contentType: string | null;
    readonly size: number | null;
    readonly status: string;
    readonly url: string | null;
    readonly thumbnailUrl: string | null;
  }[];
  /** Answers to choose from: one that is chosen is written as the visitor's own message. */
  readonly quickReplies: readonly string[];
  /** What a machine's answer rests on. */
  readonly sources: readonly CitedPage[];
  /** What the visitor has said of a machine's answer. */
  readonly rating: MessageRating | null;
  readonly sentAt: string;
  readonly editedAt: string | null;
  readonly deleted: boolean;
}

/** What a view is made of, whether it was read from a table or came with an event. */
export type VisibleMessage = Pick<
  MessageRow,
  'id' | 'direction' | 'author' | 'kind' | 'status' | 'text' | 'rating' | 'sentAt' | 'editedAt' | 'deletedAt'
> &
  (
    | Pick<MessageRow, 'content'>
    | { readonly quickReplies: readonly string[]; readonly citedPages: readonly CitedPage[] }
  );

const authors: Readonly<Record<MessageAuthor, VisitorMessage['author']>> = {
  [MessageAuthor.CONTACT]: 'visitor',
  [MessageAuthor.MEMBER]: 'person',
  [MessageAuthor.BOT]: 'ai',
  [MessageAuthor.SYSTEM]: 'system',
};
const left = new Set([MessageStatus.SENT, MessageStatus.DELIVERED, MessageStatus.READ]);
const pageSize = 50;
const mostSources = 5;

/** Whether a visitor may see a message: never a note, and of what goes out only what has left. */
export function isVisible({ direction, status }: Pick<MessageRow, 'direction' | 'status'>): boolean {
  return direction === MessageDirection.INBOUND || (direction === MessageDirection.OUTBOUND && left.has(status));
}

/** The threads of visitors. Participants: none opens a transaction. */
@Injectable()
export class VisitorThreads {
  constructor(private readonly files: FileStore) {}

  /** What a visitor belongs to; null before their first message. */
  async of(tx: WorkspaceTransaction, { channelId }: OpenWebChat, { address }: Visitor): Promise<VisitorThread | null> {
    return tx.first<VisitorThread>(sql`
      select i.contact_id as "contactId", c.id as "conversationId", k.blocked
        from contact_identities i
        join contacts k on k.workspace_id = i.workspace_id and k.id = i.contact_id
        left join conversations c on c.workspace_id = i.workspace_id and c.channel_id = i.channel_id and c.thread_key = i.thread_key
       where i.workspace_id = ${tx.workspaceId} and i.channel_id = ${channelId} and i.external_id = ${address}`);
  }

  /** The last messages of a conversation, oldest first; with `after`, those that come after that message. */
  async messages(
    tx: WorkspaceTransaction,
    conversationId: string,
    after: string | null = null,
  ): Promise<{ readonly views: VisitorMessage[]; readonly unseen: Date | null }> {
    const rows = await tx.query<MessageRow>(sql`
      select * from (
        select ${messageColumns} from messages m
         where m.workspace_id = ${tx.workspaceId} and m.conversation_id = ${conversationId} and m.direction <> 'NOTE'
           and (m.direction = 'INBOUND' or m.status in ('SENT', 'DELIVERED', 'READ')) and (${after}::uuid is null or m.id > ${after}::uuid)
         order by m.id desc limit ${pageSize}) as newest order by id`);
    return this.viewsOf(tx, rows);
  }

  /** These messages of a conversation, where the visitor may see them. */
  async named(tx: WorkspaceTransaction, conversationId: string, ids: readonly string[]) {
    const rows = await tx.query<MessageRow>(sql`
      select ${messageColumns} from messages m
       where m.workspace_id = ${tx.workspaceId} and m.conversation_id = ${conversationId} and m.id = any (${ids}::uuid[]) order by m.id`);
    return this.viewsOf(tx, rows.filter(isVisible));
  }

  /** Messages as the visitor sees them, and up to when they had not been delivered yet. */
  async viewsOf(
    tx: WorkspaceTransaction,
    rows: readonly VisibleMessage[],
  ): Promise<{ readonly views: VisitorMessage[]; readonly unseen: Date | null }> {
    const attachments =
      rows.length === 0
        ? []
        : await tx.query<AttachmentRow>(sql`
            select ${attachmentColumns} from attachments a
             where a.workspace_id = ${tx.workspaceId} and a.message_id = any (${rows.map(({ id }) => id)}::uuid[])
             order by a.message_id, a.position`);
    const byMessage = Map.groupBy(attachments, ({ messageId }) => messageId);
    const views = rows.map((row) => this.viewOf(tx.workspaceId, row, byMessage.get(row.id) ?? []));
    const waiting = rows.filter(({ status }) => status === MessageStatus.SENT).map(({ sentAt }) => sentAt.getTime());
    return { views, unseen: waiting.length === 0 ? null : new Date(Math.max(...waiting)) };
  }

  private viewOf(workspaceId: string, row: VisibleMessage, attachments: readonly AttachmentRow[]): VisitorMessage {
    const deleted = row.deletedAt !== null;
    const shown = deleted ? [] : attachments;
    return {
      id: row.id,
      from: row.direction === MessageDirection.INBOUND ? 'visitor' : 'business',
      author: authors[row.author],
      kind: row.kind,
      text: deleted ? null : row.text,
      attachments: shown.map((attachment) => {
        const type = AttachmentType.from(attachment, (fileId, variant) =>
          this.files.sign(workspaceId, fileId, variant),
        );
        const { id, kind, name, contentType, size, status, url, thumbnailUrl } = type;
        return { id, kind, name, contentType, size, status, url, thumbnailUrl };
      }),
      quickReplies: deleted ? [] : 'content' in row ? (row.content?.quickReplies ?? []) : row.quickReplies,
      sources: deleted || row.author !== MessageAuthor.BOT ? [] : sourcesOf(row),
      rating: deleted ? null : row.rating,
      sentAt: row.sentAt.toISOString(),
      editedAt: row.editedAt?.toISOString() ?? null,
      deleted,
    };
  }
}

/** What can be looked up: pages of the web by their address, and the rest by its name. */
function sourcesOf(row: VisibleMessage): CitedPage[] {
  const cited = 'content' in row ? (row.content?.sources ?? []) : row.citedPages;
  return cited
    .slice(0, mostSources)
    .map(({ title, url }) => ({ title, url: url !== null && /^https?:\/\//i.test(url) ? url : null }));
}
