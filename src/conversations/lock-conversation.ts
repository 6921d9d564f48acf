import { type WorkspaceTransaction, isUuid, sql } from '../platform/database/index.js';
import { notFound } from '../platform/errors/index.js';
import { type ConversationRow, conversationColumns } from './conversation.row.js';

/** The conversation, held until the end of the transaction. Unknown, foreign and malformed ids answer alike. */
export async function lockConversation(tx: WorkspaceTransaction, id: string): Promise<ConversationRow> {
  const row = isUuid(id)
    ? await tx.first<ConversationRow>(sql`
        select ${conversationColumns} from conversations c
         where c.workspace_id = ${tx.workspaceId} and c.id = ${id} for no key update`)
    : null;
  if (row === null) throw notFound('Conversation');
  return row;
}
