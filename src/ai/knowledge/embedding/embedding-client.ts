import { Injectable } from '@nestjs/common';
import { OutgoingClient, OutgoingError } from '../../../platform/http/index.js';
import { causeOf } from '../../drafting/read-completion.js';
import { runSentence, runWords } from '../../drafting/run-words.js';
import type { EmbeddingAccess } from '../../settings/model-access.js';
import { type SmallVector, smallVector } from './vector.js';

const mostBytes = 20_000_000;
/** Models that can shorten their vectors lose next to nothing by it. */
const dimensions = 512;
const shortening = /^text-embedding-3-/u;

/** What came of asking for vectors; one for each text, or none at all. */
export interface Embedded {
  readonly vectors: readonly SmallVector[];
  readonly tokens: number;
  readonly latencyMs: number;
  /** Why there are none, in words; null where there are. */
  readonly failure: string | null;
}

/** Asks an OpenAI-compatible server for the vectors of texts. */
@Injectable()
export class EmbeddingClient {
  constructor(private readonly outgoing: OutgoingClient) {}

  /** Never throws for what a server or a network does: knowledge is found by its words then. */
  async embed(access: EmbeddingAccess, texts: readonly string[], signal: AbortSignal): Promise<Embedded> {
    const started = performance.now();
    const made = await this.ask(access, texts, signal).catch((error: unknown) => failed(wordsOf(error)));
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
    if (response.ok) return readAnswer(JSON.parse(await textOf(response)), texts.length);
    await response.body?.cancel();
    return failed(wordsOfStatus(response.status, access.model));
  }
}

type Answer = Omit<Embedded, 'latencyMs'>;

function failed(failure: string): Answer {
  return { vectors: [], tokens: 0, failure };
}

function wordsOf(error: unknown): string {
  const cause = causeOf(error, OutgoingError);
  if (cause?.reason === 'address') return runWords.SERVER_ADDRESS;
  return error instanceof SyntaxError ? runWords.SERVER_UNREADABLE : runWords.SERVER_UNREACHED;
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
function readAnswer(answer: unknown, count: number): Answer {
  const { data, usage } = (answer ?? {}) as {
    readonly data?: unknown;
    readonly usage?: { readonly prompt_tokens?: unknown };
  };
  if (!Array.isArray(data) || data.length !== count) return failed(runWords.SERVER_UNREADABLE);
  const vectors = new Map<number, SmallVector>();
  for (const [place, one] of (data as { readonly index?: unknown; readonly embedding?: unknown }[]).entries()) {
    const numbers = (one as typeof one | null)?.embedding;
    const vector =
      Array.isArray(numbers) && numbers.every((number) => typeof number === 'number') ? smallVector(numbers) : null;
    if (vector !== null) vectors.set(typeof one.index === 'number' ? one.index : place, vector);
  }
  const inOrder = Array.from({ length: count }, (_, index) => vectors.get(index));
  if (!inOrder.every((vector) => vector !== undefined && vector.length === inOrder[0]?.length))
    return failed(runWords.SERVER_UNREADABLE);
  const tokens = usage?.prompt_tokens;
  return {
    vectors: inOrder as SmallVector[],
    tokens: typeof tokens === 'number' && Number.isInteger(tokens) && tokens >= 0 && tokens < 2 ** 31 ? tokens : 0,
    failure: null,
  };
}
