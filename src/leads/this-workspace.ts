import { type Sql, type WorkspaceTransaction, sql } from '../platform/database/index.js';

/**
 * The workspace of a transaction as a look-up of its own, for statements that look for many rows at once. A plan that is made for
 * the id itself takes a workspace that has grown since its tables were last counted for one without rows; then every index that
 * begins with the workspace is alike to it, and for each row that it looks for it reads all that the workspace has.
 */
export function thisWorkspace(tx: WorkspaceTransaction): Sql {
  return sql`(select ${tx.workspaceId}::uuid)`;
}
