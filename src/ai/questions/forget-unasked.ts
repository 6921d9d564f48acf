import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';

/** Removes questions that nobody asked any more, whose askings went; gives how many. Participant. */
export function forgetUnasked(tx: WorkspaceTransaction, limit: number): Promise<number> {
  return tx.execute(sql`
    delete from unanswered_questions where workspace_id = ${tx.workspaceId} and id in (
      select q.id from unanswered_questions q
       where q.workspace_id = ${tx.workspaceId}
         and not exists (select from question_askings a where a.workspace_id = q.workspace_id and a.question_id = q.id)
       limit ${limit})`);
}
