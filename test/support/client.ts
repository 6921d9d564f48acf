import { createHmac } from 'node:crypto';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { appSecret } from './app.js';

export interface GraphQLAnswer<Data> {
  readonly data: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: {
      readonly code: string;
      readonly field?: string;
      readonly retryAfter?: number;
      readonly requestId?: string;
    };
  }[];
}

/** A client that knows the public contract alone: fetch, a cookie, a header, graphql-ws. */
export class TestClient {
  cookie: string | null = null;
  token: string | null = null;
  workspaceId: string | null = null;
  private sockets: Client[] = [];

  constructor(readonly url: string) {}

  /** Signs a new person up, in a workspace of their own. */
  static async signedUp(url: string, name = 'Ada'): Promise<TestClient> {
    const client = new TestClient(url);
    const email = `${name.toLowerCase()}-${Math.random().toString(36).slice(2)}@example.com`;
    const { signUp } = await client.ask<{ signUp: { memberships: { workspace: { id: string } }[] } }>(
      `mutation ($input: SignUpInput!) { signUp(input: $input) { id memberships { workspace { id } } } }`,
      {
        input: {
          email,
          name,
          password: 'a long enough password',
          workspaceName: `${name}'s shop`,
          acceptedPolicies: true,
        },
      },
    );
    client.workspaceId = signUp.memberships[0]?.workspace.id ?? null;
    return client;
  }

  /** One operation; gives data and errors as they came. */
  async post<Data = Record<string, unknown>>(
    query: string,
    variables: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ): Promise<GraphQLAnswer<Data>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.headers(), ...headers },
      body: JSON.stringify({ query, variables }),
    });
    for (const set of response.headers.getSetCookie()) {
      const [pair] = set.split(';', 1);
      this.cookie = pair?.endsWith('=') === true ? null : (pair ?? null);
    }
    return (await response.json()) as GraphQLAnswer<Data>;
  }

  /** One operation that has to succeed. */
  async ask<Data = Record<string, unknown>>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const { data, errors } = await this.post<Data>(query, variables);
    if (errors !== undefined || data === null) throw new Error(`The operation was refused: ${JSON.stringify(errors)}`);
    return data;
  }

  /** The code with which an operation is refused; null when it was not. */
  async refusal(query: string, variables: Record<string, unknown> = {}): Promise<string | null> {
    return (await this.post(query, variables)).errors?.[0]?.extensions.code ?? null;
  }

  headers(): Record<string, string> {
    return {
      ...(this.cookie !== null && { cookie: this.cookie }),
      ...(this.token !== null && { authorization: `Bearer ${this.token}` }),
      ...(this.workspaceId !== null && { 'x-workspace-id': this.workspaceId }),
    };
  }

  /** Subscribes over a socket of its own; what comes is in `events`. */
  watch<Event = Record<string, unknown>>(query: string, variables: Record<string, unknown> = {}): Watch<Event> {
    const socket = this.socket();
    return new Watch<Event>(socket, query, variables);
  }

  socket(): Client {
    const { cookie, token, workspaceId, url } = this;
    class OwnSocket extends WebSocket {
      constructor(address: string, protocols: string) {
        super(address, protocols, { headers: { origin: url, ...(cookie !== null && { cookie }) } });
        // Cut while it is being opened, it has nobody else to tell.
        this.on('error', () => undefined);
      }
    }
    const client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: OwnSocket,
      retryAttempts: 0,
      lazy: true,
      connectionParams: {
        ...(workspaceId !== null && { workspaceId }),
        ...(token !== null && { authorization: `Bearer ${token}` }),
      },
    });
    this.sockets.push(client);
    return client;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets.splice(0)) await socket.dispose();
  }
}

/** A running subscription. */
export class Watch<Event> {
  readonly events: Event[] = [];
  error: unknown = null;
  private readonly stop: () => void;
  private wake: () => void = () => undefined;

  constructor(
    readonly client: Client,
    query: string,
    variables: Record<string, unknown>,
  ) {
    this.stop = client.subscribe<Record<string, Event>>(
      { query, variables },
      {
        next: ({ data, errors }) => {
          if (errors !== undefined) this.error = errors;
          const event = data === null || data === undefined ? undefined : Object.values(data)[0];
          if (event !== undefined) this.events.push(event);
          this.wake();
        },
        error: (error) => {
          this.error = error;
          this.wake();
        },
        complete: () => this.wake(),
      },
    );
  }

  /** Waits for an event; throws after `milliseconds`, saying what came instead. */
  async until(wanted: (event: Event) => boolean, milliseconds = 5_000): Promise<Event> {
    const deadline = Date.now() + milliseconds;
    for (;;) {
      const found = this.events.find(wanted);
      if (found !== undefined) return found;
      if (this.error !== null) throw new Error(`The subscription failed: ${JSON.stringify(this.error)}`);
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`What was waited for did not come. Came: ${JSON.stringify(this.events)}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** Ends it as a network does: without a word. */
  cut(): void {
    this.client.terminate();
  }

  end(): void {
    this.stop();
  }
}

/** A wait ends what never comes, and judges nobody's speed: the machine may be a loaded one. Tests have three times it. */
const patience = 2;

/** Waits until `probe` gives something other than null; throws some time after `milliseconds`, saying what was asked. */
export async function eventually<Result>(probe: () => Promise<Result | null>, milliseconds = 30_000): Promise<Result> {
  const deadline = Date.now() + milliseconds * patience;
  for (;;) {
    const result = await probe();
    if (result !== null) return result;
    if (Date.now() > deadline) throw new Error(`What was waited for did not happen: ${probe.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Posts a webhook as Meta does, signed with the app's secret. */
export async function postWebhook(url: string, body: unknown, secret = appSecret): Promise<number> {
  const raw = typeof body === 'string' ? body : JSON.stringify(body);
  const signature = `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;
  const response = await fetch(`${url}/webhooks/meta`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature },
    body: raw,
  });
  await response.arrayBuffer();
  return response.status;
}
