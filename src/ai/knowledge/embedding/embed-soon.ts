import { type WorkspaceTransaction, sql } from '../../../platform/database/index.js';

/** The job that makes the vectors of a workspace's passages; its row is the workspace. */
export const embedPassagesJob = 'embed-passages';

/**
 * Schedules it where the workspace lets passages leave for a model of vectors. In the database's own words, because
 * whoever writes passages has a transaction and nothing else; the sweep finds it within ten seconds. Participant.
 */
export async function embedSoon(tx: WorkspaceTransaction): Promise<void> {
  await tx.execute(sql`
    select schedule_work(array[${embedPassagesJob}], array[s.workspace_id], array[now()], '{}') from ai_settings s
     where s.workspace_id = ${tx.workspaceId} and s.enabled and s.embedding_model is not null`);
}
