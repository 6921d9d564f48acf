import { Injectable } from '@nestjs/common';
import type * as OpenAi from 'openai';
import type { ChatCompletionCreateParams } from 'openai/resources/chat/completions';
import { OutgoingClient, OutgoingError } from '../../platform/http/index.js';
import type { ModelAccess } from '../settings/model-access.js';
import { ModelBreaker } from './model-breaker.js';
import { runSentence, runWords } from './run-words.js';
import { type ChatMessage, answerSchema } from './prompt.js';
import { readAnswer } from './read-answer.js';
import { type Answered, causeOf, completionOf } from './read-completion.js';

const timeoutMilliseconds = 30_000;
const mostBytes = 1_000_000;
const mostTokens = 2_000;
const longestPause = 5;

// Loaded with the first draft: half of the server's processes never ask a model, and it is a tenth of the files of a start.
let loading: Promise<typeof OpenAi> | null = null;
const openAi = (): Promise<typeof OpenAi> => (loading ??= import('openai'));

/** What came of asking a model. `sent` is exactly what left; null where nothing did. */
export interface ModelCall {
  readonly sent: ChatCompletionCreateParams | null;
  readonly content: string | null;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly latencyMs: number;
  /** Why there is no content to use, in words; null where there is. */
  readonly failure: { readonly kind: 'refused' | 'failed'; readonly words: string } | null;
}

/**
 * Asks any OpenAI-compatible server for one chat completion; with `onContent` as a stream, of which it is given all that has
 * come so far. Never throws for what a server or a network does.
 */
@Injectable()
export class ModelClient {
  constructor(
    private readonly outgoing: OutgoingClient,
    private readonly breaker: ModelBreaker,
  ) {}

  /** A server that fails again and again is not asked for a while. */
  async ask(
    access: ModelAccess,
    messages: readonly ChatMessage[],
    temperature: number,
    signal: AbortSignal,
    onContent?: (soFar: string) => void,
  ): Promise<ModelCall> {
    const server = `${access.workspaceId} ${access.baseUrl} ${access.model}`;
    if (!this.breaker.admits(server)) return unasked;
    const { call, trouble } = await this.send(access, messages, temperature, signal, onContent);
    if (trouble === null) this.breaker.answered(server);
    else if (signal.aborted) this.breaker.unsettled(server);
    else this.breaker.failed(server, trouble.restSeconds);
    return call;
  }

  private async send(
    access: ModelAccess,
    messages: readonly ChatMessage[],
    temperature: number,
    signal: AbortSignal,
    onContent?: (soFar: string) => void,
  ): Promise<{ readonly call: ModelCall; readonly trouble: Trouble | null }> {
    const library = await openAi();
    const client = new library.OpenAI({
      apiKey: access.apiKey,
      baseURL: access.baseUrl,
      organization: null,
      project: null,
      maxRetries: 0,
      timeout: timeoutMilliseconds,
      logLevel: 'off',
      fetch: capped(this.outgoing.fetchFor({ ...access, url: access.baseUrl })),
    });
    let sent: ChatCompletionCreateParams = {
      model: access.model,
      messages: messages.map(({ role, content }) => ({ role, content })),
      temperature,
      max_completion_tokens: mostTokens,
      // What is asked is kept by nobody and trains nothing.
      store: false,
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'reply', strict: true, schema: { ...answerSchema } },
      },
      ...(onContent !== undefined && { stream: true, stream_options: { include_usage: true } }),
    };
    const started = performance.now();
    const whole = AbortSignal.any([signal, AbortSignal.timeout(timeoutMilliseconds)]);
    for (let attempt = 1; ; attempt += 1) {
      try {
        const response = await client.chat.completions.create(sent, { signal: whole }).asResponse();
        const completion = await completionOf(library, response, whole, onContent ?? (() => undefined));
        const content = contentOf(completion);
        const call = { sent, ...content, latencyMs: Math.round(performance.now() - started) };
        return {
          call,
          trouble: content.failure !== null && isGarbage(content.failure.words) ? { restSeconds: null } : null,
        };
      } catch (error) {
        const simpler = attempt <= 5 ? withoutRefused(library, sent, error) : null;
        if (simpler !== null) {
          sent = simpler;
          continue;
        }
        if (attempt === 1 && (await waited(library, error, whole))) continue;
        const failure = { kind: 'failed', words: wordsFor(library, error, access) } as const;
        const latencyMs = Math.round(performance.now() - started);
        const call = { sent, content: null, promptTokens: 0, completionTokens: 0, latencyMs, failure };
        return { call, trouble: troubleOf(library, error) };
      }
    }
  }
}

/** What says that a server is in trouble, and for how long it asks to be left alone. */
interface Trouble {
  readonly restSeconds: number | null;
}

const unasked: ModelCall = {
  sent: null,
  content: null,
  promptTokens: 0,
  completionTokens: 0,
  latencyMs: 0,
  failure: { kind: 'failed', words: runWords.SERVER_RESTING },
};

function isGarbage(words: string): boolean {
  return words === runWords.MODEL_UNREADABLE || words === runWords.MODEL_NO_TEXT;
}

/** A refused key, an unknown model, an address that is not allowed: somebody puts that right, and no rest helps. */
function troubleOf({ APIError, APIConnectionError, APIUserAbortError }: typeof OpenAi, error: unknown): Trouble | null {
  if (causeOf(error, OutgoingError)?.reason === 'address') return null;
  const lost = error instanceof APIConnectionError || error instanceof APIUserAbortError;
  if (!(error instanceof APIError) || lost || error.status === undefined) return { restSeconds: null };
  if (isSpent(error) || (error.status < 500 && error.status !== 429 && error.status !== 408)) return null;
  const asked = retryAfter(error);
  return { restSeconds: asked !== null && asked > longestPause ? asked : null };
}

function contentOf(completion: Answered): Omit<ModelCall, 'sent' | 'latencyMs'> {
  const choice = completion.choices?.[0];
  const usage = {
    promptTokens: countOf(completion.usage?.prompt_tokens),
    completionTokens: countOf(completion.usage?.completion_tokens),
  };
  const content = typeof choice?.message?.content === 'string' ? choice.message.content : null;
  const refusal = typeof choice?.message?.refusal === 'string' ? choice.message.refusal : null;
  const failure =
    refusal !== null || choice?.finish_reason === 'content_filter'
      ? ({ kind: 'refused', words: runWords.MODEL_REFUSED } as const)
      : choice?.finish_reason === 'length'
        ? ({ kind: 'failed', words: runWords.MODEL_CUT_OFF } as const)
        : content === null || content.trim() === ''
          ? ({ kind: 'failed', words: runWords.MODEL_NO_TEXT } as const)
          : readAnswer(content).kind === 'unreadable'
            ? ({ kind: 'failed', words: runWords.MODEL_UNREADABLE } as const)
            : null;
  return { content: content ?? refusal, ...usage, failure };
}

function countOf(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 31 ? value : 0;
}

/** Servers differ in what they take: a setting that one refuses by name is left out. A refused request costs nothing; and a
 * server that does not know `store` keeps nothing by it. */
function withoutRefused(
  { APIError }: typeof OpenAi,
  sent: ChatCompletionCreateParams,
  error: unknown,
): ChatCompletionCreateParams | null {
  if (!(error instanceof APIError) || (error.status !== 400 && error.status !== 422)) return null;
  const said = `${error.param ?? ''} ${error.message}`;
  for (const name of [
    'temperature',
    'response_format',
    'max_completion_tokens',
    'store',
    'stream_options',
    'stream',
  ] as const) {
    const named =
      name === 'store'
        ? error.param === name || /["'`]store["'`]/.test(error.message)
        : said.includes(name) || (name === 'response_format' && said.includes('json_schema'));
    if (!named || sent[name] === undefined) continue;
    const { [name]: _, ...rest } = sent;
    return rest;
  }
  return null;
}

/** After a definite "not now" one more try is free; after a timeout or a broken answer it might be paid twice. */
async function waited({ APIError }: typeof OpenAi, error: unknown, signal: AbortSignal): Promise<boolean> {
  if (!(error instanceof APIError) || (error.status !== 429 && error.status !== 503) || isSpent(error)) return false;
  const seconds = retryAfter(error) ?? 1;
  if (seconds > longestPause || signal.aborted) return false;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, Math.max(200, seconds * 1_000));
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
  return !signal.aborted;
}

/** The seconds that a server asks for; null where it names none. */
function retryAfter(error: { readonly headers?: unknown }): number | null {
  const named = error.headers instanceof Headers ? error.headers.get('retry-after') : null;
  const seconds = named === null ? NaN : Number(named);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}

function isSpent(error: { readonly code?: unknown; readonly type?: unknown }): boolean {
  return /insufficient_quota|credit_balance|spend_limit|usage_limit/.test(
    `${String(error.code)} ${String(error.type)}`,
  );
}

/** What a person can act on; nothing that the server said is repeated, for it may hold anything. */
function wordsFor(library: typeof OpenAi, error: unknown, access: ModelAccess): string {
  const { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } = library;
  const cause = causeOf(error, OutgoingError);
  if (cause !== null && cause.reason === 'address') return runWords.SERVER_ADDRESS;
  if (cause !== null && cause.reason === 'size') return runWords.SERVER_TOO_LONG;
  if (error instanceof APIConnectionTimeoutError || error instanceof APIUserAbortError) return runWords.SERVER_TOO_LATE;
  if (error instanceof APIConnectionError) return runWords.SERVER_UNREACHED;
  if (error instanceof APIError) {
    if (isSpent(error)) return runWords.SERVER_NO_CREDIT;
    if (error.status === 401 || error.status === 403) return runWords.SERVER_KEY;
    if (error.status === 404) return runSentence('SERVER_NO_MODEL', { model: access.model });
    if (error.status === 429) return runWords.SERVER_BUSY;
    if (error.status !== undefined) return runSentence('SERVER_STATUS', { status: String(error.status) });
  }
  return runWords.SERVER_UNREADABLE;
}

/** A fetch whose answers end with an error past the limit: a server that never stops must not fill the memory. */
function capped(call: typeof fetch): typeof fetch {
  return async (input, init) => {
    const response = await call(input, init);
    if (response.body === null) return response;
    let size = 0;
    const limit = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        size += chunk.byteLength;
        if (size > mostBytes) controller.error(new OutgoingError('The answer is too long.', 'maybe', 'size'));
        else controller.enqueue(chunk);
      },
    });
    return new Response(response.body.pipeThrough(limit), {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
    });
  };
}
