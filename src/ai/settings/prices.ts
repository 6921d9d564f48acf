/** What a million tokens cost, in cents of a US dollar. */
export interface Prices {
  readonly prompt: number;
  readonly completion: number;
}

/** What a call used, as far as the server says, and what went to and fro. */
export interface Used {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** What left and what came back, to count by where the server does not. */
  readonly words?: { readonly sent: unknown; readonly content: string | null };
}

/** How a workspace's calls are reckoned. */
export interface Tariff {
  /** What the model costs; null where that is not known. */
  readonly prices: Prices | null;
  /** What it may cost at most, as far as anybody knows: a budget counts a call of unknown price by this. */
  readonly dearest: Prices;
}

/**
 * List prices of OpenAI for the models that people choose, as they were known when this version was made. They may have
 * changed since: an operator says the present ones in AI_PRICES, a workspace in its own settings.
 */
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

/** No language that people write here needs more tokens than this; most need half as many. */
const charactersPerToken = 2;

/** What a model costs by a list, by its name or by that of one of its dated versions; null where that is not known. */
export function listPriceOf(model: string, list: ReadonlyMap<string, Prices> = listed): Prices | null {
  return list.get(model) ?? list.get(model.replace(/-\d{4}-\d\d-\d\d$/u, '')) ?? null;
}

/** The dearest prices that are known: those of the list, and those that the operator says. */
export function dearestPrices(operator: ReadonlyMap<string, Prices>): Prices {
  const known = [...listed.values(), ...operator.values()];
  return {
    prompt: Math.max(...known.map(({ prompt }) => prompt)),
    completion: Math.max(...known.map(({ completion }) => completion)),
  };
}

/** What a call cost, in cents; null where the price is not known, or the server did not say what it used. */
export function costOf(prices: Prices | null, used: Used): number | null {
  if (prices === null || used.promptTokens + used.completionTokens === 0) return null;
  return centsFor(prices, used);
}

/**
 * What a call counts against a budget whose cost is not known: at the dearest price, by the tokens that the server says, else
 * by the length of what was said. 0 where the cost is known, or nothing came back.
 */
export function assumedCostOf({ prices, dearest }: Tariff, used: Used): number {
  if (costOf(prices, used) !== null) return 0;
  const reckoned = prices ?? dearest;
  if (used.promptTokens + used.completionTokens > 0) return centsFor(reckoned, used);
  if (used.words?.content == null) return 0;
  return centsFor(reckoned, {
    promptTokens: tokensIn(JSON.stringify(used.words.sent)),
    completionTokens: tokensIn(used.words.content),
  });
}

/** How many tokens a text has at most, for where nobody says how many it had. */
export function tokensIn(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}

/** What vectors were asked for with: tokens that the server counted, and those that nobody did, by their length. */
export interface SentTokens {
  readonly tokens: number;
  readonly uncounted: number;
}

/** What asking for vectors counts against a budget beside what it is known to have cost. */
export function assumedCostOfVectors({ prices, dearest }: Tariff, { tokens, uncounted }: SentTokens): number {
  if (prices === null) return centsFor(dearest, { promptTokens: tokens + uncounted, completionTokens: 0 });
  return centsFor(prices, { promptTokens: uncounted, completionTokens: 0 });
}

function centsFor(prices: Prices, { promptTokens, completionTokens }: Used): number {
  return (promptTokens * prices.prompt + completionTokens * prices.completion) / 1_000_000;
}
