import { type Sql, type WorkspaceTransaction, isUuid, sql } from '../../platform/database/index.js';
import type { JobStatus } from '../../platform/graphql/index.js';
import type { CaseVerdict, EvaluationStop } from '../enums.js';

/** An evaluation as its table holds it, with how far it is. */
export interface EvaluationRow {
  readonly id: string;
  readonly botId: string;
  readonly setId: string | null;
  readonly status: JobStatus;
  readonly stopped: EvaluationStop | null;
  readonly instructions: string;
  readonly model: string | null;
  readonly promptVersion: string;
  readonly settings: Buffer;
  readonly mostCents: number;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly total: number;
  readonly judged: number;
  readonly passed: number;
  readonly costCents: number;
}

const passedVerdicts = sql`('SAYS_IT', 'LEFT_ALONE')`;

/** What a statement over `evaluations e` selects to give EvaluationRows. */
export const evaluationColumns: Sql = sql`
  e.id, e.bot_id as "botId", e.set_id as "setId", e.status, e.stopped, e.instructions, e.model, e.prompt_version as "promptVersion",
  e.settings, e.most_cents as "mostCents", e.created_at as "createdAt", e.finished_at as "finishedAt", n.total, n.judged, n.passed, n."costCents"`;

/** What such a statement selects from, beside `evaluations e`. */
export const evaluationCounts: Sql = sql`
  cross join lateral (
    select count(*)::int as total, count(r.verdict)::int as judged, count(*) filter (where r.verdict in ${passedVerdicts})::int as passed,
           coalesce(sum(r.cost_cents), 0) as "costCents"
      from evaluation_results r where r.workspace_id = e.workspace_id and r.evaluation_id = e.id) n`;

/** An evaluation by its id, or null. */
export async function evaluationById(tx: WorkspaceTransaction, id: string): Promise<EvaluationRow | null> {
  if (!isUuid(id)) return null;
  return tx.first<EvaluationRow>(sql`
    select ${evaluationColumns} from evaluations e ${evaluationCounts} where e.workspace_id = ${tx.workspaceId} and e.id = ${id}`);
}

/** A case of an evaluation, and what came of it. */
export interface ResultRow {
  readonly evaluationId: string;
  readonly position: number;
  readonly question: string;
  readonly expected: string;
  readonly knowledgeId: string | null;
  readonly conversationId: string | null;
  readonly answer: string;
  readonly verdict: CaseVerdict | null;
  /** JSON: the passages that the answer rests on. */
  readonly sources: unknown;
  readonly latencyMs: number;
  readonly costCents: number | null;
  readonly runId: string | null;
}

/** What a statement over `evaluation_results r` selects to give ResultRows. */
export const resultColumns: Sql = sql`
  r.evaluation_id as "evaluationId", r.position, r.question, r.expected, r.knowledge_id as "knowledgeId", r.conversation_id as "conversationId",
  r.answer, r.verdict, r.sources, r.latency_ms as "latencyMs", r.cost_cents as "costCents", r.run_id as "runId"`;
