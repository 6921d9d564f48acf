import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, isUuid, sql } from '../platform/database/index.js';
import { RowLoader, byId } from '../platform/graphql/index.js';
import { type MessageRow, messageColumns } from './message.row.js';

/** The messages of these ids, by id; unknown and malformed ids are left out. */
export async function messagesByIds(
  tx: WorkspaceTransaction,
  ids: readonly string[],
): Promise<Map<string, MessageRow>> {
  return tx.rows('messages', ids, async (asked) =>
    byId(
      await tx.query<MessageRow>(sql`
        select ${messageColumns} from messages m
         where m.workspace_id = ${tx.workspaceId} and m.id = any (${asked.filter(isUuid)}::uuid[])`),
    ),
  );
}

/** Messages by id, for field resolvers. */
@Injectable()
export class MessageLoader extends RowLoader<MessageRow> {
  protected override batch(tx: WorkspaceTransaction, keys: readonly string[]): Promise<Map<string, MessageRow>> {
    return messagesByIds(tx, keys);
  }
}
