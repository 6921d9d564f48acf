import type {
  ChatSettings,
  ForgetAnswer,
  Identity,
  Rating,
  SessionAnswer,
  ThreadAnswer,
  UploadAnswer,
  WrittenAnswer,
} from '../../../libs/widget-protocol/index.js';

/** What the server did not do. Status 0: it could not be reached. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly field: string | null = null,
    readonly waitSeconds: number | null = null,
  ) {
    super(`${String(status)} ${code}`);
  }

  /** Whether the same may go well a little later. */
  get passes(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

const patience = 20_000;
const uploadPatience = 120_000;
/** The ticket of the page lives for ten minutes. */
const ticketMilliseconds = 9 * 60_000;

/** The server's side of the chat. */
export class VisitorApi {
  token: string | null = null;
  /** The token opens nothing any more. */
  onLost: (refusal: Refusal) => void = () => undefined;
  readonly key = meta('parley-key');
  /** What the page was made with; null for a page that is not as the server makes it. */
  readonly settings = settingsOf(meta('parley-settings'));
  private readonly ticket = meta('parley-ticket');
  private readonly since = performance.now();
  private stay = new AbortController();

  /** The visitor is nobody from here on: no answer that is still on its way is taken for theirs. */
  leave(): void {
    this.token = null;
    this.stay.abort();
    this.stay = new AbortController();
  }

  /** Whether a new visitor can still be let in. */
  get canBegin(): boolean {
    return performance.now() - this.since < ticketMilliseconds;
  }

  async begin(identity: Identity | null): Promise<SessionAnswer> {
    const { token, ...said } = identity ?? {};
    const answer = await this.ask<SessionAnswer>('POST', 'sessions', {
      key: this.key,
      ...(this.token !== null && { visitorToken: this.token }),
      ...(this.canBegin && { ticket: this.ticket }),
      ...(identity !== null && { identity: token === undefined ? said : { ...said, hash: token } }),
    });
    this.token = answer.visitorToken;
    return answer;
  }

  thread(after: string | null): Promise<ThreadAnswer> {
    return this.ask('GET', `messages${after === null ? '' : `?after=${encodeURIComponent(after)}`}`);
  }

  write(text: string | null, attachmentIds: readonly string[], idempotencyKey: string): Promise<WrittenAnswer> {
    return this.ask('POST', 'messages', { text, attachmentIds, idempotencyKey });
  }

  upload(file: File, signal: AbortSignal): Promise<UploadAnswer> {
    const form = new FormData();
    form.append('file', file);
    return this.ask('POST', 'files', form, AbortSignal.any([signal, this.staying(uploadPatience)]));
  }

  typing(typing: boolean): Promise<unknown> {
    return this.ask('POST', 'typing', { typing });
  }

  read(messageId: string): Promise<unknown> {
    return this.ask('POST', 'read', { messageId });
  }

  rate(messageId: string, rating: Rating | null): Promise<unknown> {
    return this.ask('POST', 'rating', { messageId, rating });
  }

  handoff(): Promise<unknown> {
    return this.ask('POST', 'handoff');
  }

  forget(): Promise<ForgetAnswer> {
    // The line says that all is gone before this is answered; the visitor leaves with that.
    return this.ask('POST', 'forget', undefined, AbortSignal.timeout(patience));
  }

  /** An answer that goes on as long as the line stands. */
  async events(lastEventId: string | null, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const headers = lastEventId === null ? {} : { 'last-event-id': lastEventId };
    const { body } = await this.fetch('GET', 'events', { signal, headers });
    if (body === null) throw new Refusal(0, 'EMPTY');
    return body;
  }

  private async ask<Answer>(method: string, path: string, body?: unknown, signal = this.staying(patience)) {
    const json = body !== undefined && !(body instanceof FormData);
    const response = await this.fetch(method, path, {
      signal,
      headers: json ? { 'content-type': 'application/json' } : {},
      ...(body !== undefined && { body: json ? JSON.stringify(body) : body }),
    });
    try {
      return (response.status === 204 ? null : await response.json()) as Answer;
    } catch {
      throw new Refusal(0, 'CUT');
    }
  }

  /** Ends after so many milliseconds, and with the visitor's stay. */
  private staying(milliseconds: number): AbortSignal {
    return AbortSignal.any([this.stay.signal, AbortSignal.timeout(milliseconds)]);
  }

  private async fetch(method: string, path: string, { headers, ...more }: RequestInit): Promise<Response> {
    // Who is signed in to the dashboard in this browser has nothing to do with the chat.
    const response = await fetch(`/widget/v1/${path}`, {
      ...more,
      method,
      credentials: 'omit',
      cache: 'no-store',
      headers: { ...headers, ...(this.token !== null && { authorization: `Bearer ${this.token}` }) },
    }).catch(() => {
      throw new Refusal(0, 'UNREACHABLE');
    });
    if (response.ok) return response;
    const body = (await response.json().catch(() => ({}))) as { code?: string; field?: string };
    const wait = Number(response.headers.get('retry-after'));
    const refusal = new Refusal(response.status, body.code ?? '', body.field ?? null, wait > 0 ? wait : null);
    if (refusal.status === 401) this.onLost(refusal);
    throw refusal;
  }
}

function settingsOf(text: string): ChatSettings | null {
  try {
    return JSON.parse(text) as ChatSettings;
  } catch {
    return null;
  }
}

function meta(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name=${name}]`)?.content ?? '';
}
