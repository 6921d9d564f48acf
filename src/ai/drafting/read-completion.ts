import type * as OpenAi from 'openai';
import type { ChatCompletion, ChatCompletionChunk } from 'openai/resources/chat/completions';
import { OutgoingError } from '../../platform/http/index.js';

/** What an answer needs to have of a completion. */
export type Answered = Partial<Pick<ChatCompletion, 'usage'>> & {
  readonly choices?: readonly {
    readonly message?: { readonly content?: unknown; readonly refusal?: unknown };
    readonly finish_reason?: string | null;
  }[];
};

/** Reads an answer to its end, whichever way it comes: a server that cannot stream answers in one piece. */
export async function completionOf(
  library: typeof OpenAi,
  response: Response,
  signal: AbortSignal,
  onContent: (soFar: string) => void,
): Promise<Answered> {
  try {
    if (/^text\/event-stream\b/i.test(response.headers.get('content-type') ?? ''))
      return await gathered(response, signal, onContent);
    return (await response.json()) as Answered;
  } catch (error) {
    if (signal.aborted) throw new library.APIUserAbortError();
    // What is no JSON was sent whole; any other end is one of the line.
    if (isNoJson(error) || error instanceof library.APIError || causeOf(error, OutgoingError) !== null) throw error;
    throw new library.APIConnectionError({ cause: error as Error });
  }
}

// By its name, for a body is read by a part of Node that has classes of its own.
function isNoJson(error: unknown): boolean {
  return (error as { readonly name?: unknown } | null)?.name === 'SyntaxError';
}

async function gathered(
  response: Response,
  signal: AbortSignal,
  onContent: (soFar: string) => void,
): Promise<Answered> {
  const { Stream } = await import('openai/streaming');
  const ending = new AbortController();
  const end = (): void => ending.abort();
  signal.addEventListener('abort', end, { once: true });
  let content = '';
  let refusal = '';
  let finish: string | null = null;
  let usage: ChatCompletion['usage'];
  try {
    for await (const chunk of Stream.fromSSEResponse<ChatCompletionChunk>(response, ending)) {
      const choice = chunk.choices?.[0];
      if (typeof choice?.delta?.content === 'string' && choice.delta.content !== '')
        onContent((content += choice.delta.content));
      if (typeof choice?.delta?.refusal === 'string') refusal += choice.delta.refusal;
      finish = choice?.finish_reason ?? finish;
      usage = chunk.usage ?? usage;
    }
  } finally {
    signal.removeEventListener('abort', end);
  }
  // An aborted stream ends as if it were at its end; so does one whose server went away.
  if (signal.aborted || finish === null) throw new Error('The stream broke off.');
  const message = { content: content === '' ? null : content, refusal: refusal === '' ? null : refusal };
  return { choices: [{ message, finish_reason: finish }], ...(usage && { usage }) };
}

/** The error of this kind that led to another; null where none did. */
export function causeOf<Kind extends Error>(error: unknown, kind: new (...args: never[]) => Kind): Kind | null {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth += 1) {
    if (current instanceof kind) return current;
  }
  return null;
}
