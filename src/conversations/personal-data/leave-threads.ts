import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';

/** What comes in while conversations are being erased begins one of its own. Participant. */
export async function leaveThreads(tx: WorkspaceTransaction, conversationIds: readonly string[]): Promise<void> {
  await tx.execute(sql`
    update conversations set thread_key = gen_random_uuid()
     where workspace_id = ${tx.workspaceId} and id = any (${conversationIds}::uuid[])`);
}
