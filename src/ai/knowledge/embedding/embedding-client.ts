import { Injectable } from '@nestjs/common';
import { OutgoingClient, OutgoingError } from '../../../platform/http/index.js';
import { ModelBreaker } from '../../drafting/model-breaker.js';
import { causeOf } from '../../drafting/read-completion.js';
import { runSentence, runWords } from '../../drafting/run-words.js';
import type { EmbeddingAccess } from '../../settings/model-access.js';
import { type SentTokens, tokensIn } from '../../settings/prices.js';
import { type SmallVector, smallVector } from './vector.js';

const mostBytes = 20_000_000;
/** Models that can shorten their vectors lose next to nothing by it. */
const dimensions = 512;
const shortening = /^text-embedding-3-/u;

/** What came of asking for vectors; one for each text, or none at all. */
export interface Embedded extends SentTokens {
  readonly vectors: readonly SmallVector[];
  readonly latencyMs: number;
  /** Why there are none, in words; null where there are. */
  readonly failure: string | null;
}

/** Asks an OpenAI-compatible server for the vectors of texts. */
@Injectable()
export class EmbeddingClient {
  constructor(
    private readonly outgoing: OutgoingClient,
    private readonly breaker: ModelBreaker,
  ) {}

  /**
   * Waits so many milliseconds at most. Never throws for what a server or a network does: knowledge is found by its words
   * then. A server that fails again and again is not asked for a while, so that nobody waits for it each time.
   */
  async embed(
    access: EmbeddingAccess,
    texts: readonly string[],
    milliseconds: number,
    signal: AbortSignal,
  ): Promise<Embedded> {
    const server = `${access.workspaceId} ${access.baseUrl} ${access.model}`;
    if (!this.breaker.admits(server)) return { ...failed(runWords.SERVER_RESTING), latencyMs: 0 };
    const started = performance.now();
    const patience = AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]);
    const { trouble, ...made } = await this.ask(access, texts, patience).catch(answerOfError);
    if (trouble === null) this.breaker.answered(server);
    else if (signal.aborted) this.breaker.unsettled(server);
    else this.breaker.failed(server, trouble.restSeconds);
    return { ...made, latencyMs: Math.round(performance.now() - started) };
  }

  private async ask(access: EmbeddingAccess, texts: readonly string[], signal: AbortSignal): Promise<Answer> {
    const call = this.outgoing.fetchFor({ ...access, url: access.baseUrl });
    const response = await call(`${access.baseUrl.replace(/\/+$/u, '')}/embeddings`, {
      method: 'POST',
      signal,
      headers: { authorization: `Bearer ${access.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: access.model,
        input: texts,
        encoding_format: 'float',
        ...(shortening.test(access.model) && { dimensions }),
      }),
    });
    if (response.ok) return readAnswer(JSON.parse(await textOf(response)), texts);
    await response.body?.cancel();
    return { ...failed(wordsOfStatus(response.status, access.model)), trouble: troubleOfStatus(response) };
  }
}

/** What says that a server is in trouble, and for how long it asks to be left alone. */
interface Trouble {
  readonly restSeconds: number | null;
}

type Made = Omit<Embedded, 'latencyMs'>;
interface Answer extends Made {
  readonly trouble: Trouble | null;
}

const inTrouble: Trouble = { restSeconds: null };
const unreadable: Answer = { ...failed(runWords.SERVER_UNREADABLE), trouble: inTrouble };

function failed(failure: string): Made {
  return { vectors: [], tokens: 0, uncounted: 0, failure };
}

function answerOfError(error: unknown): Answer {
  // Somebody puts a wrong address right, and no rest helps.
  if (causeOf(error, OutgoingError)?.reason === 'address') return { ...failed(runWords.SERVER_ADDRESS), trouble: null };
  if (error instanceof SyntaxError) return unreadable;
  const late = error instanceof Error && error.name === 'TimeoutError';
  return { ...failed(late ? runWords.SERVER_TOO_LATE : runWords.SERVER_UNREACHED), trouble: inTrouble };
}

/** A refused key or an unknown model is put right by somebody, too. */
function troubleOfStatus({ status, headers }: Response): Trouble | null {
  if (status < 500 && status !== 429 && status !== 408) return null;
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return { restSeconds: Number.isFinite(seconds) && seconds > 0 ? seconds : null };
}

function wordsOfStatus(status: number, model: string): string {
  if (status === 401 || status === 403) return runWords.SERVER_KEY;
  if (status === 404) return runSentence('SERVER_NO_MODEL', { model });
  return status === 429 ? runWords.SERVER_BUSY : runSentence('SERVER_STATUS', { status: String(status) });
}

async function textOf(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += (part as Uint8Array).byteLength;
    if (size > mostBytes) throw new Error('The answer is too long.');
    parts.push(part as Uint8Array);
  }
  return Buffer.concat(parts).toString();
}

/** Only an answer with one usable vector for each text is one. */
function readAnswer(answer: unknown, texts: readonly string[]): Answer {
  const count = texts.length;
  const { data, usage } = (answer ?? {}) as {
    readonly data?: unknown;
    readonly usage?: { readonly prompt_tokens?: unknown };
  };
  if (!Array.isArray(data) || data.length !== count) return unreadable;
  const vectors = new Map<number, SmallVector>();
  for (const [place, one] of (data as { readonly index?: unknown; readonly embedding?: unknown }[]).entries()) {
    const numbers = (one as typeof one | null)?.embedding;
    const vector =
      Array.isArray(numbers) && numbers.every((number) => typeof number === 'number') ? smallVector(numbers) : null;
    if (vector !== null) vectors.set(typeof one.index === 'number' ? one.index : place, vector);
  }
  const inOrder = Array.from({ length: count }, (_, index) => vectors.get(index));
  if (!inOrder.every((vector) => vector !== undefined && vector.length === inOrder[0]?.length)) return unreadable;
  const said = usage?.prompt_tokens;
  const tokens = typeof said === 'number' && Number.isInteger(said) && said >= 0 && said < 2 ** 31 ? said : 0;
  return {
    vectors: inOrder as SmallVector[],
    tokens,
    uncounted: tokens > 0 ? 0 : tokensIn(texts.join('')),
    failure: null,
    trouble: null,
  };
}
