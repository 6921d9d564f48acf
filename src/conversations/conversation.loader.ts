import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, isUuid, sql } from '../platform/database/index.js';
import { RowLoader, byId } from '../platform/graphql/index.js';
import { type ConversationRow, conversationColumns } from './conversation.row.js';

/** The conversations of these ids, by id; unknown and malformed ids are left out. */
export async function conversationsByIds(
  tx: WorkspaceTransaction,
  ids: readonly string[],
): Promise<Map<string, ConversationRow>> {
  return tx.rows('conversations', ids, async (asked) =>
    byId(
      await tx.query<ConversationRow>(sql`
        select ${conversationColumns} from conversations c
         where c.workspace_id = ${tx.workspaceId} and c.id = any (${asked.filter(isUuid)}::uuid[])`),
    ),
  );
}

/** Conversations by id, for field resolvers. */
@Injectable()
export class ConversationLoader extends RowLoader<ConversationRow> {
  protected override batch(tx: WorkspaceTransaction, keys: readonly string[]): Promise<Map<string, ConversationRow>> {
    return conversationsByIds(tx, keys);
  }
}
