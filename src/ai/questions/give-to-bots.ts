import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';

/** A bot draws on so many chosen sources at most. */
const mostSources = 1_000;

/**
 * Gives a source to the bots that stand where a question was asked and draw on chosen sources alone; the others draw on it
 * anyhow. Gives which they are. Participant.
 */
export async function giveToBots(tx: WorkspaceTransaction, questionId: string, knowledgeId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(sql`
    insert into bot_knowledge (workspace_id, bot_id, knowledge_id)
    select ${tx.workspaceId}, asked.id, ${knowledgeId}
      from (select distinct bc.bot_id as id from question_askings a
              join conversations c on c.workspace_id = a.workspace_id and c.id = a.conversation_id
              join bot_channels bc on bc.workspace_id = c.workspace_id and bc.channel_id = c.channel_id
             where a.workspace_id = ${tx.workspaceId} and a.question_id = ${questionId}) asked
     where (select count(*) from bot_knowledge bk
             where bk.workspace_id = ${tx.workspaceId} and bk.bot_id = asked.id) between 1 and ${mostSources - 1}
     order by asked.id
    returning bot_id as id`);
  return rows.map(({ id }) => id);
}
