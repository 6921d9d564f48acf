import { type WorkspaceTransaction, isUuid, sql } from '../platform/database/index.js';
import { notFound } from '../platform/errors/index.js';

/** The id of the conversation as it is stored. Unknown, foreign and malformed ids answer alike. */
export async function requireConversation(tx: WorkspaceTransaction, id: string): Promise<string> {
  const row = isUuid(id)
    ? await tx.first<{ id: string }>(
        sql`select id from conversations where workspace_id = ${tx.workspaceId} and id = ${id}`,
      )
    : null;
  if (row === null) throw notFound('Conversation');
  return row.id;
}
