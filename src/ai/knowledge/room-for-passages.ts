import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';

/** Passages of one workspace. Retrieval was measured at this size; more would be slower for everybody. */
export const mostPassages = 50_000;

/** Whether a workspace holds more than it may; asked after passages were written, in their transaction. */
export async function isOverfull(tx: WorkspaceTransaction): Promise<boolean> {
  const row = await tx.first<{ count: number }>(sql`
    select count(*)::int as count from passages where workspace_id = ${tx.workspaceId}`);
  return (row?.count ?? 0) > mostPassages;
}
