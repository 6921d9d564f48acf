import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, isUuid, sql } from '../../platform/database/index.js';
import { RowLoader, decodeCursor, encodeCursor, pageOf, pageSize } from '../../platform/graphql/index.js';
import { type ConversationRow, conversationColumns } from '../conversation.row.js';
import { isTimeText, timeText } from '../time-text.js';

type Placed = ConversationRow & { readonly activity: string };
type ConversationPage = ReturnType<typeof pageOf<Placed>>;
interface Part {
  readonly size: number;
  readonly after: readonly [activity: string, id: string] | null;
}

/** The key under which the loader gives a page of a contact's conversations. Throws for arguments that cannot be. */
export function contactPageKey(
  contactId: string,
  first: number | null | undefined,
  after: string | null | undefined,
): string {
  return JSON.stringify([contactId, { size: pageSize(first, 20), after: decodeCursor(after, isPlace) } satisfies Part]);
}

/** Pages of contacts' conversations, the newest first, spam left out. Contacts that ask for the same part share a statement. */
@Injectable()
export class ContactConversationsLoader extends RowLoader<ConversationPage> {
  protected override async batch(
    tx: WorkspaceTransaction,
    keys: readonly string[],
  ): Promise<Map<string, ConversationPage>> {
    const asked = keys.map((key) => {
      const [id, part] = JSON.parse(key) as [string, Part];
      return { key, id, part };
    });
    const pages = new Map<string, ConversationPage>();
    for (const group of Map.groupBy(asked, ({ part }) => JSON.stringify(part)).values()) {
      const [{ part }] = group as [(typeof group)[number]];
      const rows = await read(
        tx,
        group.map(({ id }) => id),
        part,
      );
      const found = Map.groupBy(rows, (row) => row.contactId);
      for (const { key, id } of group)
        pages.set(
          key,
          pageOf(found.get(id) ?? [], part.size, (row) => encodeCursor(row.activity, row.id)),
        );
    }
    return pages;
  }
}

function read(tx: WorkspaceTransaction, contactIds: readonly string[], { size, after }: Part): Promise<Placed[]> {
  return tx.query<Placed>(sql`
    select ${conversationColumns}, ${timeText(sql`c.last_activity_at`)} as activity
      from unnest(${contactIds.filter(isUuid)}::uuid[]) as person (id)
     cross join lateral (
       select * from conversations found
        where found.workspace_id = ${tx.workspaceId} and found.contact_id = person.id and not found.spam
          ${after === null ? sql`` : sql`and (found.last_activity_at, found.id) < (${after[0]}::timestamp at time zone 'utc', ${after[1]}::uuid)`}
        order by found.last_activity_at desc, found.id desc limit ${size + 1}
     ) c
     order by c.last_activity_at desc, c.id desc`);
}

function isPlace(values: readonly unknown[]): values is readonly [string, string] {
  return values.length === 2 && isTimeText(values[0]) && isUuid(values[1]);
}
