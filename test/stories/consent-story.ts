import pg from 'pg';
import { type TestApp, startTestApp } from '../support/app.js';
import { TestClient } from '../support/client.js';

export interface Authorization {
  readonly state: string;
  readonly authorizationUrl: string;
  readonly completed: boolean;
  readonly error: string | null;
  readonly options: readonly { kind: string; externalId: string; name: string; alreadyConnected: boolean }[];
  readonly permissions: readonly { name: string; purpose: string; granted: boolean }[];
}

/** A decision in the sandbox's dialog. */
export interface Decision {
  readonly refuse?: boolean;
  readonly permissions?: readonly string[];
  readonly assets?: readonly string[];
}

const fields = `state authorizationUrl completed error options { kind externalId name alreadyConnected }
  permissions { name purpose granted }`;

/** A server before the sandbox's consent pages, and a person who connects. */
export class ConsentStory {
  private constructor(
    readonly app: TestApp,
    readonly client: TestClient,
    readonly sql: pg.Client,
  ) {}

  static async start(): Promise<ConsentStory> {
    const app = await startTestApp();
    const sql = new pg.Client({ connectionString: app.database.ownerUrl });
    await sql.connect();
    return new ConsentStory(app, await TestClient.signedUp(app.url), sql);
  }

  async stop(): Promise<void> {
    await this.client.close();
    await this.sql.end();
    await this.app.close();
  }

  async begin(kind: string, client = this.client): Promise<Authorization> {
    const { start } = await client.ask<{ start: Authorization }>(
      `mutation ($kind: ChannelKind!) { start: startChannelAuthorization(kind: $kind) { ${fields} } }`,
      { kind },
    );
    return start;
  }

  async look(state: string, client = this.client): Promise<Authorization | null> {
    const { look } = await client.ask<{ look: Authorization | null }>(
      `query ($state: String!) { look: channelAuthorization(state: $state) { ${fields} } }`,
      { state },
    );
    return look;
  }

  /** The sandbox's control API. */
  async control<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${this.app.sandbox.url}/_sandbox${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`The sandbox refused ${path}: ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  /** Decides in the dialog; gives the address that the person is sent to, on this server. */
  async decide(url: string, decision: Decision = {}): Promise<string> {
    const { redirect } = await this.control<{ redirect: string }>('POST', '/consent', { url, ...decision });
    const { pathname, search } = new URL(redirect);
    return `${this.app.url}${pathname}${search}`;
  }

  /** Follows the platform's redirect as this person's browser does. */
  async comeBack(address: string, client = this.client): Promise<{ status: number; location: string; body: string }> {
    const response = await fetch(address, {
      redirect: 'manual',
      headers: client.cookie === null ? {} : { cookie: client.cookie },
    });
    return { status: response.status, location: response.headers.get('location') ?? '', body: await response.text() };
  }

  /** The whole way up to the choice. */
  async consent(kind: string, decision: Decision = {}): Promise<Authorization> {
    const { state, authorizationUrl } = await this.begin(kind);
    await this.comeBack(await this.decide(authorizationUrl, decision));
    const authorization = await this.look(state);
    if (authorization === null) throw new Error('The authorization is not to be seen any more.');
    return authorization;
  }

  async complete(state: string, externalIds: readonly string[]) {
    const { complete } = await this.client.ask<{ complete: readonly { id: string; kind: string; status: string }[] }>(
      `mutation ($state: String!, $externalIds: [String!]!) {
         complete: completeChannelAuthorization(state: $state, externalIds: $externalIds) { id kind status } }`,
      { state, externalIds },
    );
    return complete;
  }

  /** The calls that Graph has got so far. */
  async calls(): Promise<readonly { method: string; path: string; status: number }[]> {
    return (
      await this.control<{ entries: { method: string; path: string; status: number }[] }>('GET', '/ledger?kind=graph')
    ).entries;
  }

  async channel(id: string) {
    const { channel } = await this.client.ask<{
      channel: {
        status: string;
        lastError: string | null;
        externalId: string | null;
        name: string;
        whatsApp: object | null;
      };
    }>('query ($id: ID!) { channel(id: $id) { status lastError externalId name whatsApp { displayPhone } } }', { id });
    return channel;
  }
}
