import { createHmac, randomInt, randomUUID } from 'node:crypto';
import type { TestClient } from './client.js';

/** A chat that a workspace has made. */
export interface TestWebChat {
  readonly channelId: string;
  readonly publicKey: string;
  readonly secret: string;
}

/** The site that the chats of specs are shown on. */
export const site = 'https://shop.example';

/** Makes a chat, and takes its secret. */
export async function createWebChat(client: TestClient, allowedDomains = ['shop.example']): Promise<TestWebChat> {
  const { createWebChat: channel } = await client.ask<{
    createWebChat: { id: string; webChat: { publicKey: string } };
  }>('mutation ($input: CreateWebChatInput!) { createWebChat(input: $input) { id webChat { publicKey } } }', {
    input: { name: 'Shop', allowedDomains },
  });
  const { rotateWebChatSecret: secret } = await client.ask<{ rotateWebChatSecret: string }>(
    'mutation ($id: ID!) { rotateWebChatSecret(id: $id) }',
    { id: channel.id },
  );
  return { channelId: channel.id, publicKey: channel.webChat.publicKey, secret };
}

/** The proof that a site gives of an id. */
export const proofOf = (secret: string, id: string): string => createHmac('sha256', secret).update(id).digest('hex');

export interface SeenMessage {
  readonly id: string;
  readonly from: string;
  readonly author: string;
  readonly text: string | null;
  readonly attachments: readonly {
    readonly kind: string;
    readonly status: string;
    readonly url: string | null;
    readonly thumbnailUrl: string | null;
  }[];
  readonly deleted: boolean;
}

export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly body: Body;
}

export interface Session {
  readonly visitorToken: string;
  readonly conversationId: string | null;
  readonly verified: boolean;
  readonly settings: Record<string, unknown>;
  readonly messages: readonly SeenMessage[];
  readonly cursor: string;
}

/** A browser on a site, as the server sees it. Each has an address of its own. */
export class TestVisitor {
  token = '';
  readonly ip = `198.18.${String(randomInt(256))}.${String(randomInt(256))}`;
  private readonly streams: VisitorEvents[] = [];

  constructor(
    readonly url: string,
    readonly chat: TestWebChat,
    readonly origin: string | null = site,
  ) {}

  async call<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    more: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const form = body instanceof FormData;
    const response = await fetch(`${this.url}/widget/v1/${path}`, {
      method,
      headers: {
        ...this.headers(),
        ...(body !== undefined && !form && { 'content-type': 'application/json' }),
        ...more,
      },
      ...(body !== undefined && { body: form ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as Body };
  }

  /** Opens the chat, and keeps the token. */
  async open(more: Record<string, unknown> = {}): Promise<Answer<Session>> {
    const known = this.token === '' ? {} : { visitorToken: this.token };
    const answer = await this.call<Session>('POST', 'sessions', { key: this.chat.publicKey, ...known, ...more });
    if (answer.status === 201) this.token = answer.body.visitorToken;
    return answer;
  }

  write(
    text: string,
    more: Record<string, unknown> = {},
  ): Promise<Answer<{ conversationId: string; message: SeenMessage }>> {
    return this.call('POST', 'messages', { text, idempotencyKey: randomUUID(), ...more });
  }

  messages(
    after?: string,
  ): Promise<
    Answer<{ conversationId: string | null; messages: SeenMessage[]; cursor: string; reset: boolean; erased: string[] }>
  > {
    return this.call('GET', `messages${after === undefined ? '' : `?after=${after}`}`);
  }

  /** Listens; what comes is in `events`. */
  async listen(lastEventId?: string): Promise<VisitorEvents> {
    const abort = new AbortController();
    const response = await fetch(`${this.url}/widget/v1/events`, {
      headers: { ...this.headers(), ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) },
      signal: abort.signal,
    });
    const stream = new VisitorEvents(response, abort);
    this.streams.push(stream);
    return stream;
  }

  close(): void {
    for (const stream of this.streams.splice(0)) stream.cut();
  }

  private headers(): Record<string, string> {
    return {
      'x-forwarded-for': this.ip,
      ...(this.origin !== null && { origin: this.origin }),
      ...(this.token !== '' && { authorization: `Bearer ${this.token}` }),
    };
  }
}

export interface VisitorEvent {
  readonly name: string;
  readonly data: Record<string, unknown>;
  readonly id: string | null;
}

/** An open stream of server-sent events. */
export class VisitorEvents {
  readonly events: VisitorEvent[] = [];
  lastEventId: string | null = null;
  over = false;
  private wake: () => void = () => undefined;

  constructor(
    readonly response: Response,
    private readonly abort: AbortController,
  ) {
    void this.read().catch(() => undefined);
  }

  cut(): void {
    this.abort.abort();
  }

  async until(wanted: (event: VisitorEvent) => boolean, milliseconds = 10_000): Promise<VisitorEvent> {
    const deadline = Date.now() + milliseconds;
    for (;;) {
      const found = this.events.find(wanted);
      if (found !== undefined) return found;
      const left = deadline - Date.now();
      if (left <= 0 || this.over)
        throw new Error(`What was waited for did not come. Came: ${JSON.stringify(this.events)}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** Waits until it has caught up, and follows. */
  async live(milliseconds = 10_000): Promise<void> {
    const deadline = Date.now() + milliseconds;
    while (this.lastEventId === null && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
    if (this.lastEventId === null) throw new Error('The stream does not follow anything.');
  }

  /** Waits until the server has ended it. */
  async end(milliseconds = 10_000): Promise<void> {
    const deadline = Date.now() + milliseconds;
    while (!this.over && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 25));
    if (!this.over) throw new Error('The stream is still open.');
  }

  private async read(): Promise<void> {
    try {
      let rest = '';
      const decoder = new TextDecoder();
      for await (const chunk of this.response.body ?? []) {
        rest += decoder.decode(chunk as Uint8Array, { stream: true });
        const blocks = rest.split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) this.take(block);
        this.wake();
      }
    } finally {
      this.over = true;
      this.wake();
    }
  }

  private take(block: string): void {
    const fields = new Map<string, string>();
    for (const line of block.split('\n')) {
      const [, name = '', value = ''] = /^([^:]+): ?(.*)$/.exec(line) ?? [];
      if (name !== '') fields.set(name, value);
    }
    const id = fields.get('id') ?? null;
    this.lastEventId = id ?? this.lastEventId;
    const data = fields.get('data');
    if (data === undefined) return;
    this.events.push({ name: fields.get('event') ?? 'message', data: JSON.parse(data) as Record<string, unknown>, id });
  }
}
