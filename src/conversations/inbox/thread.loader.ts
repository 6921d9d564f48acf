import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, isUuid, sql } from '../../platform/database/index.js';
import { RowLoader, decodeCursor, encodeCursor, pageOf, pageSize } from '../../platform/graphql/index.js';
import { badInput } from '../../platform/errors/index.js';
import { type MessageRow, messageColumns } from '../message.row.js';

/** Which part of a conversation's messages. */
export interface ThreadPart {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly around?: string | null | undefined;
}

type MessagePage = ReturnType<typeof pageOf<MessageRow>>;
interface Checked {
  readonly size: number;
  readonly before: string | null;
  readonly around: string | null;
}

/** The key under which the loader gives a page of a conversation. Throws for arguments that cannot be. */
export function threadKeyOf(conversationId: string, part: ThreadPart): string {
  const size = pageSize(part.first, 50);
  const before = decodeCursor(part.after, isPlace)?.[0] ?? null;
  const around = part.around ?? null;
  if (before !== null && around !== null)
    throw badInput('around', 'Say either after or around: after walks on from a page, around begins one.');
  return JSON.stringify([conversationId, { size, before, around } satisfies Checked]);
}

/** Pages of conversations' messages, newest first. Conversations that ask for the same part are read in one statement. */
@Injectable()
export class ThreadLoader extends RowLoader<MessagePage> {
  protected override async batch(tx: WorkspaceTransaction, keys: readonly string[]): Promise<Map<string, MessagePage>> {
    const asked = keys.map((key) => {
      const [id, part] = JSON.parse(key) as [string, Checked];
      return { key, id, part };
    });
    const pages = new Map<string, MessagePage>();
    for (const group of Map.groupBy(asked, ({ part }) => JSON.stringify(part)).values()) {
      const [{ part }] = group as [(typeof group)[number]];
      const ids = group.map(({ id }) => id);
      const found = part.around === null ? await older(tx, ids, part) : await around(tx, ids, part.around, part.size);
      for (const { key, id } of group) pages.set(key, found.get(id) ?? pageOf<MessageRow>([], part.size, cursorOf));
    }
    return pages;
  }
}

async function older(
  tx: WorkspaceTransaction,
  ids: readonly string[],
  { size, before }: Checked,
): Promise<Map<string, MessagePage>> {
  const rows = await tx.query<MessageRow>(sql`
    select ${messageColumns} from unnest(${ids.filter(isUuid)}::uuid[]) as thread (id)
     cross join lateral (
       select * from messages found
        where found.workspace_id = ${tx.workspaceId} and found.conversation_id = thread.id
          ${before === null ? sql`` : sql`and found.id < ${before}`}
        order by found.id desc limit ${size + 1}
     ) m`);
  return pagesOf(rows, size);
}

/** The message in the middle of its page; near an end of the thread the other side makes up for what is missing. */
async function around(
  tx: WorkspaceTransaction,
  ids: readonly string[],
  id: string,
  size: number,
): Promise<Map<string, MessagePage>> {
  if (!isUuid(id)) return new Map();
  const rows = await tx.query<MessageRow>(sql`
    with middle as (
      select found.id, found.conversation_id from messages found
       where found.workspace_id = ${tx.workspaceId} and found.id = ${id} and found.conversation_id = any (${ids.filter(isUuid)}::uuid[])
    )
    select ${messageColumns} from middle
     cross join lateral (
       (select * from messages n where n.workspace_id = ${tx.workspaceId} and n.conversation_id = middle.conversation_id
           and n.id > middle.id order by n.id limit ${size})
       union all
       (select * from messages o where o.workspace_id = ${tx.workspaceId} and o.conversation_id = middle.conversation_id
           and o.id <= middle.id order by o.id desc limit ${size + 1})
     ) m`);
  const newer = rows.filter((row) => row.id > id.toLowerCase()).length;
  const half = Math.floor((size - 1) / 2);
  const taken = Math.min(newer, Math.max(half, size - (rows.length - newer)));
  return pagesOf(rows, size, newer - taken);
}

/** Cuts the page of each conversation, newest first, leaving out the first `skip`. */
function pagesOf(rows: readonly MessageRow[], size: number, skip = 0): Map<string, MessagePage> {
  const threads = Map.groupBy(rows, (row) => row.conversationId);
  return new Map(
    [...threads].map(([id, thread]) => {
      const newestFirst = thread.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(skip, skip + size + 1);
      return [id, pageOf(newestFirst, size, cursorOf)] as const;
    }),
  );
}

function cursorOf(row: MessageRow): string {
  return encodeCursor(row.id);
}

function isPlace(values: readonly unknown[]): values is readonly [string] {
  return values.length === 1 && isUuid(values[0]);
}
