import { GraphQLSchemaHost } from '@nestjs/graphql';
import { type DocumentNode, type ExecutionResult, getIntrospectionQuery, parse, print } from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import pg from 'pg';
import { WebSocket } from 'ws';
import * as operations from '../../libs/api-client/index.js';
import { checkRows, problemsOf } from '../../src/platform/graphql/index.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { TestClient } from '../support/client.js';
import { type Bomb, bombs } from './graphql-bombs.js';

const refusals = ['TOO_COMPLEX', 'GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_PARSE_FAILED'];

/** Counts the statements that this process sends to Postgres, and what the server asks by itself meanwhile. */
class Statements {
  private readonly texts: string[] = [];
  private readonly original = pg.Client.prototype.query;

  constructor() {
    const { texts, original } = this;
    pg.Client.prototype.query = function query(this: pg.Client, ...args: unknown[]) {
      const [first] = args as [string | { text?: string }];
      texts.push(typeof first === 'string' ? first : (first.text ?? ''));
      return (original as (...all: unknown[]) => unknown).apply(this, args);
    } as typeof pg.Client.prototype.query;
  }

  /** What was sent while `work` ran. */
  async during(work: () => Promise<unknown>): Promise<string[]> {
    this.texts.length = 0;
    await work();
    return [...this.texts];
  }

  restore(): void {
    pg.Client.prototype.query = this.original;
  }
}

/** One operation over a socket. */
function overSocket(client: Client, bomb: Bomb): Promise<ExecutionResult> {
  return new Promise((resolve, reject) => {
    let result: ExecutionResult = {};
    client.subscribe(
      { query: bomb.query, variables: { ...bomb.variables }, operationName: bomb.operationName ?? null },
      {
        next: (value) => (result = value as ExecutionResult),
        error: (error) => (Array.isArray(error) ? resolve({ errors: error }) : reject(error as Error)),
        complete: () => resolve(result),
      },
    );
  });
}

const codeOf = (result: ExecutionResult) => result.errors?.[0]?.extensions?.['code'];

describe('GraphQL documents that ask for too much', () => {
  let test: TestApp;
  let client: TestClient;
  let socket: Client;
  let statements: Statements;

  beforeAll(async () => {
    // A process of the role `api` does nothing by itself but look whether those at its sockets are still signed in.
    test = await startTestApp({ environment: { ROLE: 'api' } });
    client = await TestClient.signedUp(test.url);
    socket = client.socket();
    await overSocket(socket, { query: '{ inboxCursor }' });
    statements = new Statements();
  });

  afterAll(async () => {
    statements.restore();
    await client.close();
    await test.close();
  });

  let status = 0;

  async function overHttp({ query, variables = {}, operationName = undefined }: Bomb): Promise<ExecutionResult> {
    const response = await fetch(`${test.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        // Clients of this type are told by the status as well.
        accept: 'application/graphql-response+json',
        ...client.headers(),
      },
      body: JSON.stringify({ query, variables, operationName }),
    });
    status = response.status;
    return (await response.json()) as ExecutionResult;
  }

  /** Statements but for the look, once a second, whether the caller is still signed in. */
  const own = (sent: readonly string[]) =>
    sent.filter((text) => !/sessions_by_hash|^(begin|commit|rollback)\b/.test(text));
  const looks = (sent: readonly string[]) => sent.filter((text) => text.includes('sessions_by_hash')).length;

  it('are thirty and more', () => {
    expect(Object.keys(bombs).length).toBeGreaterThanOrEqual(30);
  });

  it('differ from one that is fine, which costs statements either way', async () => {
    const fine = { query: '{ inboxCounts { open } conversations(first: 5) { nodes { id contact { name } } } }' };
    for (const way of [overHttp, (bomb: Bomb) => overSocket(socket, bomb)]) {
      let result: ExecutionResult = {};
      const sent = await statements.during(async () => (result = await way(fine)));
      expect(result.errors).toBeUndefined();
      expect(own(sent).length).toBeGreaterThan(1);
      expect(looks(sent)).toBeGreaterThan(0);
    }
  });

  it.each(Object.entries(bombs))('are refused over HTTP without a statement: %s', async (_what, bomb) => {
    let result: ExecutionResult = {};
    const sent = await statements.during(async () => (result = await overHttp(bomb)));
    expect(refusals).toContain(codeOf(result));
    expect(status).toBe(400);
    expect(result.data ?? null).toBeNull();
    expect(own(sent)).toEqual([]);
  });

  it('are refused over the socket without a statement, all of them', async () => {
    const outcomes: Record<string, unknown> = {};
    const since = Date.now();
    const sent = await statements.during(async () => {
      for (const [what, bomb] of Object.entries(bombs)) outcomes[what] = codeOf(await overSocket(socket, bomb));
    });
    const fine = Object.entries(outcomes).filter(([, code]) => !refusals.includes(String(code)));
    expect(fine).toEqual([]);
    expect(own(sent)).toEqual([]);
    expect(looks(sent)).toBeLessThanOrEqual(Math.ceil((Date.now() - since) / 1_000) + 1);
  });

  it('are not sent in a batch', async () => {
    const response = await fetch(`${test.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...client.headers() },
      body: JSON.stringify(Array.from({ length: 100 }, () => ({ query: '{ inboxCursor }' }))),
    });
    expect(response.status).toBe(400);
  });

  it('are not confused with what the pages of this server ask, at the largest page', () => {
    const { schema } = test.app.get(GraphQLSchemaHost);
    const documents = Object.entries(operations).filter(([name]) => name.endsWith('Document'));
    expect(documents.length).toBeGreaterThan(50);
    for (const [name, document] of documents as [string, DocumentNode][]) {
      // As a client sends it: the copy has not been seen before.
      const sent = parse(print(document));
      expect([name, ...problemsOf(schema, sent).map(({ message }) => message)]).toEqual([name]);
      expect(() => checkRows(schema, sent, null, { first: 100 })).not.toThrow();
    }
    expect(problemsOf(schema, parse(getIntrospectionQuery()))).toEqual([]);
  });

  it('are told every reason at once where they are wrong in several places', async () => {
    const { errors } = await overHttp({ query: '{ nothingLikeIt inboxCounts { norThis } }' });
    expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual([
      'GRAPHQL_VALIDATION_FAILED',
      'GRAPHQL_VALIDATION_FAILED',
    ]);
    expect(errors?.[1]?.extensions?.['requestId']).toEqual(errors?.[0]?.extensions?.['requestId']);
  });

  it('do not name what the schema has', async () => {
    const { errors } = await overHttp({ query: '{ inboxCount }' });
    expect(errors?.[0]?.message).toBe('Cannot query field "inboxCount" on type "Query".');
  });
});

describe('the schema', () => {
  const whole = { query: getIntrospectionQuery() };

  it('is shown to everyone in development', async () => {
    const test = await startTestApp({ environment: { NODE_ENV: 'development', SANDBOX: 'off' }, redis: false });
    try {
      const { data } = await new TestClient(test.url).post<{ __schema: { types: unknown[] } }>(whole.query);
      expect(data?.__schema.types.length).toBeGreaterThan(50);
    } finally {
      await test.close();
    }
  });

  it('is shown to owners and admins alone in production, over HTTP and over the socket', async () => {
    const contact = 'someone@example.com';
    const test = await startTestApp({
      redis: false,
      environment: {
        NODE_ENV: 'production',
        PUBLIC_URL: 'https://parley.example',
        INSTANCE_OPERATORS: contact,
        OPERATOR_NAME: 'Someone',
        OPERATOR_ADDRESS: 'Somewhere',
        PRIVACY_EMAIL: contact,
        SUPPORT_EMAIL: contact,
        SECURITY_EMAIL: contact,
      },
    });
    const sockets: Client[] = [];
    try {
      const owner = await TestClient.signedUp(test.url);
      const withToken = async (role: string) => {
        const made = await owner.ask<{ createApiToken: { secret: string } }>(
          'mutation ($role: Role!) { createApiToken(name: "one", role: $role) { secret } }',
          { role },
        );
        const client = new TestClient(test.url);
        client.token = made.createApiToken.secret;
        return client;
      };
      // A program: it sends no Origin, so it comes with a token.
      const socketOf = ({ token }: TestClient) => {
        const socket = createClient({
          url: `${test.url.replace('http', 'ws')}/graphql`,
          webSocketImpl: WebSocket,
          retryAttempts: 0,
          connectionParams: { authorization: `Bearer ${token ?? ''}` },
        });
        sockets.push(socket);
        return socket;
      };
      const [admin, editor, viewer] = await Promise.all(['ADMIN', 'EDITOR', 'VIEWER'].map(withToken));
      if (admin === undefined || editor === undefined || viewer === undefined) throw new Error('There are three.');
      const asked = '{ __type(name: "User") { name } }';
      expect(await new TestClient(test.url).refusal(asked)).toBe('FORBIDDEN');
      expect(await new TestClient(test.url).refusal(whole.query)).toBe('FORBIDDEN');
      expect(await new TestClient(test.url).refusal(`query { viewer { id } ${asked.slice(1, -1)} }`)).toBe('FORBIDDEN');
      expect(await viewer.refusal(asked)).toBe('FORBIDDEN');
      expect(await editor.refusal(asked)).toBe('FORBIDDEN');
      expect(await admin.refusal(whole.query)).toBeNull();
      expect(await owner.refusal(whole.query)).toBeNull();
      expect(codeOf(await overSocket(socketOf(viewer), { query: asked }))).toBe('FORBIDDEN');
      expect(codeOf(await overSocket(socketOf(editor), whole))).toBe('FORBIDDEN');
      expect((await overSocket(socketOf(admin), whole)).errors).toBeUndefined();
    } finally {
      for (const socket of sockets) await socket.dispose();
      await test.close();
    }
  });
});
