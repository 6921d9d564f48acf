import type { RunRecord } from '../../drafting/compose-draft.js';
import { AiOutcome } from '../../enums.js';
import type { EmbeddingAccess } from '../../settings/model-access.js';
import { assumedCostOf, costOf } from '../../settings/prices.js';

/** What asking for vectors came to. */
export interface EmbeddingUse {
  readonly tokens: number;
  readonly latencyMs: number;
  /** Why it failed, in words; null where it did not. */
  readonly failure: string | null;
  /** The kinds of details that were taken out of what left. */
  readonly masked: readonly string[];
}

/** A record of it: how much left, without the words, which stand in the knowledge or in the conversation. */
export function embeddingRun(
  { provider, model, prices, dearest }: EmbeddingAccess,
  request: { readonly passages: number } | { readonly questions: number },
  { tokens, latencyMs, failure, masked }: EmbeddingUse,
): RunRecord {
  const used = { promptTokens: tokens, completionTokens: 0 };
  return {
    provider,
    model,
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
    costCents: costOf(prices, used),
    assumedCents: assumedCostOf({ prices, dearest }, used),
  };
}
