import { type WorkspaceTransaction, cleanJson, cleanText, newId, sql } from '../../platform/database/index.js';
import type { AiPurpose } from '../enums.js';
import { countSpending } from '../settings/spending.js';
import type { RunRecord } from './compose-draft.js';

/** What runs were for. */
export interface RunsFor {
  readonly purpose: AiPurpose;
  readonly botId: string | null;
  readonly conversationId: string | null;
  readonly leadId?: string | null;
}

/** Records runs and counts what they cost; gives the id of the last, or null where there is none. Participant. */
export async function recordRuns(
  tx: WorkspaceTransaction,
  { purpose, botId, conversationId, leadId = null }: RunsFor,
  runs: readonly RunRecord[],
): Promise<string | null> {
  let id: string | null = null;
  for (const run of runs) {
    id = newId();
    // Half a character at a place where a text was cut is no JSON to the database.
    const json = (value: unknown): string => JSON.stringify(cleanJson(value));
    await tx.execute(sql`
      insert into ai_runs (workspace_id, id, purpose, provider, model, bot_id, conversation_id, lead_id, request, response, prompt_tokens,
                           completion_tokens, latency_ms, outcome, error, prompt_version, masked, passages, cut, cost_cents)
      values (${tx.workspaceId}, ${id}, ${purpose}, ${run.provider}, ${run.model},
              (select b.id from bots b where b.workspace_id = ${tx.workspaceId} and b.id = ${botId}),
              ${conversationId}, ${leadId}, ${json(run.request)}::jsonb, ${run.response === null ? null : cleanText(run.response, Infinity)}, ${run.promptTokens},
              ${run.completionTokens}, ${run.latencyMs}, ${run.outcome}, ${run.error}, ${run.promptVersion}, ${run.masked},
              ${json(given(run))}::jsonb, ${json(run.cut)}::jsonb, ${run.costCents})`);
    await countSpending(tx, botId, run);
  }
  return id;
}

/** Says more of a run that goes on, such as what it has come to by now; its spending is counted by whoever calls. Participant. */
export async function rewriteRun(tx: WorkspaceTransaction, id: string, run: RunRecord): Promise<void> {
  await tx.execute(sql`
    update ai_runs
       set request = ${JSON.stringify(run.request)}::jsonb, prompt_tokens = ${run.promptTokens}, latency_ms = ${run.latencyMs},
           outcome = ${run.outcome}, error = ${run.error}, cost_cents = ${run.costCents}
     where workspace_id = ${tx.workspaceId} and id = ${id}`);
}

/** The passages by name: their words stand in the request. */
function given({ passages, cited }: RunRecord): readonly object[] {
  return passages.map((passage) => ({
    knowledgeId: passage.knowledgeId,
    title: passage.title,
    heading: passage.question ?? passage.heading,
    url: passage.url,
    score: passage.score,
    cited: cited.includes(passage),
  }));
}
