import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import type { Exported, ExportedPage } from '../../platform/personal-data/index.js';
import { externalColumns, externalKey } from '../external-message.js';
import { type AttachmentRow, type MessageRow, attachmentColumns, messageColumns } from '../message.row.js';
import { MessageType } from '../message.type.js';

interface Reaction {
  readonly channelId: string;
  readonly externalId: string;
  readonly emoji: string;
  readonly by: string;
  readonly at: Date;
}

/** Below every id. */
const beforeAll = '00000000-0000-0000-0000-000000000000';
/** Conversations that one page looks into at the most, so that many empty ones are no long statement. */
const mostLookedInto = 100;

/**
 * The messages of the subject's conversations, one conversation after the other, each from its beginning: the index of the
 * thread gives them in that order. What came with a message and who put an emoji on it stand with it.
 */
export const conversationMessages: Exported = {
  module: 'conversations',
  name: 'messages',
  async page(tx, { conversationIds }, after, limit) {
    const [from, lastId] = after?.split('/', 2) ?? [];
    const ids = [...conversationIds].sort();
    const messages: MessageRow[] = [];
    let next: string | null = null;
    let at = from === undefined ? 0 : ids.findIndex((id) => id >= from);
    for (let looked = 0; at !== -1 && at < ids.length; looked += 1, at += 1) {
      const id = ids[at] ?? '';
      const read = await messagesAfter(
        tx,
        id,
        id === from ? (lastId ?? beforeAll) : beforeAll,
        limit - messages.length,
      );
      messages.push(...read);
      if (messages.length < limit && looked < mostLookedInto) continue;
      next = `${id}/${read.at(-1)?.id ?? (id === from ? (lastId ?? beforeAll) : beforeAll)}`;
      break;
    }
    return withParts(tx, messages, next);
  },
};

function messagesAfter(tx: WorkspaceTransaction, id: string, after: string, limit: number): Promise<MessageRow[]> {
  return tx.query<MessageRow>(sql`
    select ${messageColumns} from messages m
     where m.workspace_id = ${tx.workspaceId} and m.conversation_id = ${id} and m.id > ${after}
     order by m.id limit ${limit}`);
}

async function withParts(
  tx: WorkspaceTransaction,
  messages: readonly MessageRow[],
  next: string | null,
): Promise<ExportedPage> {
  if (messages.length === 0) return { rows: [], files: [], next };
  const [attachments, reactions] = [await attachmentsOf(tx, messages), await reactionsOn(tx, messages)];
  const rows = messages.map((row) => {
    const key = row.externalId === null ? '' : externalKey({ channelId: row.channelId, externalId: row.externalId });
    return messageOf(row, attachments.get(row.id) ?? [], reactions.get(key) ?? []);
  });
  const stored = [...attachments.values()].flat();
  const files = stored.flatMap(({ fileId, name, kind }) =>
    fileId === null ? [] : [{ id: fileId, name: name ?? kind.toLowerCase() }],
  );
  return { rows, files, next };
}

/** A message under the names of the API, but for what is a member's. */
function messageOf(row: MessageRow, attachments: readonly AttachmentRow[], reactions: readonly Reaction[]) {
  const message = MessageType.from(row);
  const { id, direction, author, kind, text, status, sentAt, editedAt, deletedAt, rating } = message;
  const { location, contactCards, postback, referral, quickReplies, mail, html } = message;
  return {
    sentAt,
    direction,
    author,
    kind,
    text,
    attachments: deletedAt === null ? attachments.map(attachmentOf) : [],
    reactions: reactions.map(({ emoji, by, at }) => ({ emoji, by, at })),
    rating,
    status,
    editedAt,
    deletedAt,
    location,
    contactCards,
    postback,
    referral,
    quickReplies,
    mail,
    html,
    id,
    conversationId: row.conversationId,
  };
}

function attachmentOf({ kind, name, contentType, size, status, fileId, url }: AttachmentRow) {
  return { kind, name, contentType, size, status, fileId, url };
}

async function attachmentsOf(
  tx: WorkspaceTransaction,
  messages: readonly MessageRow[],
): Promise<Map<string, AttachmentRow[]>> {
  const rows = await tx.query<AttachmentRow>(sql`
    select ${attachmentColumns} from attachments a
     where a.workspace_id = ${tx.workspaceId} and a.message_id = any (${messages.map(({ id }) => id)}::uuid[])
     order by a.message_id, a.position`);
  return Map.groupBy(rows, ({ messageId }) => messageId);
}

async function reactionsOn(
  tx: WorkspaceTransaction,
  messages: readonly MessageRow[],
): Promise<Map<string, Reaction[]>> {
  const keys = messages.flatMap(({ channelId, externalId }) =>
    externalId === null ? [] : [externalKey({ channelId, externalId })],
  );
  const { channels, externals } = externalColumns(keys);
  const rows = await tx.query<Reaction>(sql`
    select r.channel_id as "channelId", r.message_external_id as "externalId", r.emoji, r.by, r.at
      from unnest(${channels}::uuid[], ${externals}::text[]) as named (channel_id, external_id)
     cross join lateral (
       select * from reactions found
        where found.workspace_id = ${tx.workspaceId} and found.channel_id = named.channel_id
          and found.message_external_id = named.external_id and found.emoji is not null
     ) r
     order by r.at, r.actor`);
  return Map.groupBy(rows, externalKey);
}
