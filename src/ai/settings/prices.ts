/** What a million tokens cost, in cents of a US dollar. */
export interface Prices {
  readonly prompt: number;
  readonly completion: number;
}

/** List prices of OpenAI for the models that people choose, as of November 2026; a workspace may say its own. */
const listed: ReadonlyMap<string, Prices> = new Map(
  Object.entries({
    'gpt-5': { prompt: 125, completion: 1_000 },
    'gpt-5-mini': { prompt: 25, completion: 200 },
    'gpt-5-nano': { prompt: 5, completion: 40 },
    'gpt-4.1': { prompt: 200, completion: 800 },
    'gpt-4.1-mini': { prompt: 40, completion: 160 },
    'gpt-4.1-nano': { prompt: 10, completion: 40 },
    'gpt-4o': { prompt: 250, completion: 1_000 },
    'gpt-4o-mini': { prompt: 15, completion: 60 },
    o3: { prompt: 200, completion: 800 },
    'o4-mini': { prompt: 110, completion: 440 },
    'text-embedding-3-small': { prompt: 2, completion: 0 },
    'text-embedding-3-large': { prompt: 13, completion: 0 },
  }),
);

/** What OpenAI asks for a model, by its name or by that of one of its dated versions; null where that is not known. */
export function listPriceOf(model: string): Prices | null {
  return listed.get(model.replace(/-\d{4}-\d\d-\d\d$/u, '')) ?? null;
}

/** What a call cost, in cents; null where the price is not known, or the server did not say what it used. */
export function costOf(
  prices: Prices | null,
  used: { readonly promptTokens: number; readonly completionTokens: number },
): number | null {
  if (prices === null || used.promptTokens + used.completionTokens === 0) return null;
  return (used.promptTokens * prices.prompt + used.completionTokens * prices.completion) / 1_000_000;
}
