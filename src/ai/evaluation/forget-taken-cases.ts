import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';

/** The workspace agrees no more: what was taken from conversations goes, with what came of it. Participant. */
export async function forgetTakenCases(tx: WorkspaceTransaction): Promise<void> {
  await tx.execute(sql`
    delete from evaluation_cases where workspace_id = ${tx.workspaceId} and conversation_id is not null`);
  await tx.execute(sql`
    delete from evaluation_results where workspace_id = ${tx.workspaceId} and conversation_id is not null`);
}
