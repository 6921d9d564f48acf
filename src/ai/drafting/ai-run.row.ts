import { type Sql, sql } from '../../platform/database/index.js';
import type { AiOutcome, AiPurpose } from '../enums.js';

/** A run as its table holds it. */
export interface AiRunRow {
  readonly id: string;
  readonly at: Date;
  readonly purpose: AiPurpose;
  readonly provider: string;
  readonly model: string;
  readonly botId: string | null;
  readonly conversationId: string | null;
  readonly request: unknown;
  readonly response: string | null;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly latencyMs: number;
  readonly outcome: AiOutcome;
  readonly error: string | null;
  readonly promptVersion: string;
  readonly approvedById: string | null;
  readonly editDistance: number | null;
  readonly masked: readonly string[];
  readonly costCents: number | null;
  /** JSON that may have come from another deployment. */
  readonly passages: unknown;
  readonly cut: unknown;
}

/** What a statement over `ai_runs r` selects to give AiRunRows. */
export const aiRunColumns: Sql = sql`
  r.id, r.at, r.purpose, r.provider, r.model, r.bot_id as "botId", r.conversation_id as "conversationId", r.request, r.response,
  r.prompt_tokens as "promptTokens", r.completion_tokens as "completionTokens", r.latency_ms as "latencyMs", r.outcome, r.error,
  r.prompt_version as "promptVersion", r.approved_by as "approvedById", r.edit_distance as "editDistance", r.masked, r.cost_cents as "costCents",
  r.passages, r.cut`;
