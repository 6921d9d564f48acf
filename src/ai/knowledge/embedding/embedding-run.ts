import type { RunRecord } from '../../drafting/compose-draft.js';
import { AiOutcome } from '../../enums.js';
import type { EmbeddingAccess } from '../../settings/model-access.js';
import { type SentTokens, assumedCostOfVectors, costOf } from '../../settings/prices.js';

/** What asking for vectors came to. */
export interface EmbeddingUse extends SentTokens {
  readonly latencyMs: number;
  /** Why it failed, in words; null where it did not. */
  readonly failure: string | null;
  /** The kinds of details that were taken out of what left. */
  readonly masked: readonly string[];
}

/** A record of it: how much left, without the words, which stand in the knowledge or in the conversation. */
export function embeddingRun(
  access: EmbeddingAccess,
  request: { readonly passages: number } | { readonly questions: number },
  use: EmbeddingUse,
): RunRecord {
  const { tokens, latencyMs, failure, masked } = use;
  return {
    provider: access.provider,
    model: access.model,
    request,
    response: null,
    promptTokens: tokens,
    completionTokens: 0,
    latencyMs,
    outcome: failure === null ? AiOutcome.PROPOSED : AiOutcome.FAILED,
    error: failure,
    promptVersion: 'embedding-1',
    masked,
    passages: [],
    cited: [],
    cut: [],
    costCents: costOf(access.prices, { promptTokens: tokens, completionTokens: 0 }),
    assumedCents: assumedCostOfVectors(access, use),
  };
}
