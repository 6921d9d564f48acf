import { jest } from '@jest/globals';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Module } from '@nestjs/common';
import { Context, Query, Resolver } from '@nestjs/graphql';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { WebSocket } from 'ws';
import { type TestDatabase, createTestDatabase } from '../../test/support/database.js';
import { Allow, Permission, RequestContext } from '../platform/access/index.js';
import { Config, readEnvironment } from '../platform/config/index.js';
import { fastifyAdapter, prepareFastify } from '../platform/http/index.js';
import { workspaceOf } from '../platform/graphql/index.js';
import { PlatformModule } from '../platform/platform.module.js';
import { AccountsModule } from './index.js';
import { PasswordHasher, bcryptCost } from './passwords/password-hasher.js';

/** Stands for the fields of modules to the right, which load by the workspace of the request. */
@Resolver()
class Probe {
  @Query(() => String)
  @Allow(Permission.Read)
  async workspaceOfRequest(@Context() context: RequestContext): Promise<string> {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return workspaceOf(context);
  }
}

let database: TestDatabase;
let folder: string;
let app: NestFastifyApplication;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'parley-accounts-'));
  const environment = {
    NODE_ENV: 'test',
    DATA_DIR: folder,
    LOG_LEVEL: 'silent',
    PUBLIC_URL: 'https://parley.example.com',
    INSTANCE_OPERATORS: 'operator@example.com',
  };
  const secrets = {
    encryptionKeys: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    passwordPepper: 'a pepper for the tests',
    metaVerifyToken: 'verify',
    sandboxAppSecret: 'sandbox',
    vapidPrivateKey: Buffer.alloc(32, 7).toString('base64url'),
  };
  const config = new Config(readEnvironment(environment), secrets, database.appUrl, null);

  @Module({ imports: [PlatformModule.with(config), AccountsModule], providers: [Probe] })
  class ServerOfAccounts {}

  const module = await Test.createTestingModule({ imports: [ServerOfAccounts] })
    .overrideProvider(bcryptCost)
    .useValue(4)
    .compile();
  app = module.createNestApplication<NestFastifyApplication>(fastifyAdapter({ trustProxy: 0 }), {
    bodyParser: false,
    logger: false,
  });
  await prepareFastify(app);
  await app.init();
});

afterAll(async () => {
  await app.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const own = { origin: 'https://parley.example.com', host: 'parley.example.com' };

interface Answer {
  readonly status: number;
  readonly text: string;
  // What an answer holds is what the test asserts.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
  readonly error: { code: string; field?: string; retryAfter?: number; requestId: string } | undefined;
  readonly cookie: { value: string } | undefined;
}

async function ask(query: string, variables: object = {}, headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await app.inject({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json', ...own, ...headers },
    payload: JSON.stringify({ query, variables }),
  });
  const body = answer.json<{ data?: unknown; errors?: { extensions: Answer['error'] }[] }>();
  return {
    status: answer.statusCode,
    text: answer.body,
    data: body.data,
    error: body.errors?.[0]?.extensions,
    cookie: answer.cookies.find(({ name }) => name === '__Host-parley_session'),
  };
}

const signUpDocument = `mutation ($input: SignUpInput!) { signUp(input: $input) { id email memberships { role workspace { id members { user { id } } } } } }`;
const signInDocument = `mutation ($input: SignInInput!) { signIn(input: $input) { id } }`;
const password = 'correct horse battery';
let people = 0;

async function signUp() {
  people += 1;
  const email = `person${String(people)}@example.com`;
  const input = { email, name: 'Ada', password, workspaceName: 'Engines', acceptedPolicies: true };
  const answer = await ask(signUpDocument, { input });
  const cookie = `__Host-parley_session=${answer.cookie?.value ?? ''}`;
  const workspaceId: string = answer.data.signUp.memberships[0].workspace.id;
  return { answer, email, cookie, workspaceId, inWorkspace: { cookie, 'x-workspace-id': workspaceId } };
}

type Person = Awaited<ReturnType<typeof signUp>>;

const signIn = (email: string, given: string, headers: Record<string, string> = {}) =>
  ask(signInDocument, { input: { email, password: given } }, headers);

describe('over HTTP', () => {
  it('signing up answers with the person, their workspace and the one cookie [promise 76]', async () => {
    const { answer, email, cookie, workspaceId } = await signUp();
    const { id } = answer.data.signUp;
    const memberships = [{ role: 'OWNER', workspace: { id: workspaceId, members: [{ user: { id } }] } }];
    expect(answer.data.signUp).toEqual({ id, email, memberships });
    expect(answer.cookie).toEqual({
      name: '__Host-parley_session',
      value: expect.stringMatching(/^[\w-]{43}$/),
      path: '/',
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
      maxAge: 2_592_000,
    });
    expect((await ask('{ viewer { id } }', {}, { cookie })).data).toEqual({ viewer: { id } });
    expect((await ask('{ viewer { id } }')).data).toEqual({ viewer: null });
  });

  it('a wrong password and an unknown address give the same bytes', async () => {
    const { email } = await signUp();
    const without = ({ text, error, status, cookie }: Answer) => [
      status,
      text.replaceAll(error?.requestId ?? '?', 'id'),
      cookie,
    ];
    const wrong = await signIn(email, 'not the password');
    expect(wrong.error?.code).toBe('UNAUTHENTICATED');
    expect(without(await signIn('nobody@example.com', password))).toEqual(without(wrong));
    expect(without(await signIn('\u0000 not an address', password))).toEqual(without(wrong));
  });

  it('guessing ends after 10 tries, whatever the headers say, and the answer says when to come back', async () => {
    const { email, cookie } = await signUp();
    const codes: (string | undefined)[] = [];
    for (let n = 0; n < 12; n += 1) {
      const forged = {
        'x-forwarded-for': `203.0.113.${String(n)}`,
        'x-real-ip': `203.0.113.${String(n)}`,
        forwarded: `for=203.0.113.${String(n)}`,
      };
      codes.push((await signIn(email, `guess ${String(n)}`, forged)).error?.code);
    }
    expect(codes).toEqual([...Array<string>(10).fill('UNAUTHENTICATED'), 'RATE_LIMITED', 'RATE_LIMITED']);
    const limited = await signIn(email, password);
    expect(limited.error?.retryAfter).toBeGreaterThan(0);
    expect(limited.error?.retryAfter).toBeLessThanOrEqual(900);
    expect((await ask('{ viewer { email } }', {}, { cookie })).data).toEqual({ viewer: { email } });
  });

  it('many guesses in one document are counted one by one', async () => {
    const { email } = await signUp();
    const aliases = Array.from({ length: 10 }, (_, n) => `g${String(n)}: signIn(input: $input) { id }`).join(' ');
    const verify = jest.spyOn(app.get(PasswordHasher), 'verify');
    for (let n = 0; n < 12; n += 1) {
      await ask(`mutation ($input: SignInInput!) { ${aliases} }`, { input: { email, password: 'a wrong one' } });
    }
    expect(verify.mock.calls.length).toBe(10);
    verify.mockRestore();
    expect((await signIn(email, password)).error?.code).toBe('RATE_LIMITED');
  });

  it('signing out clears the cookie and ends the session', async () => {
    const { cookie } = await signUp();
    const answer = await ask('mutation { signOut }', {}, { cookie });
    expect(answer.data).toEqual({ signOut: true });
    expect(answer.cookie).toMatchObject({ value: '', path: '/' });
    expect((await ask('{ viewer { id } }', {}, { cookie })).data).toEqual({ viewer: null });
    expect((await ask('{ sessions { id } }', {}, { cookie })).error?.code).toBe('UNAUTHENTICATED');
  });

  it('the other operations of a document keep their workspace beside a public one', async () => {
    const { inWorkspace, workspaceId, cookie } = await signUp();
    const document = '{ workspaceOfRequest viewer { memberships { workspace { id } } } }';
    const expected = { workspaceOfRequest: workspaceId, viewer: { memberships: [{ workspace: { id: workspaceId } }] } };
    expect((await ask(document, {}, inWorkspace)).data).toEqual(expected);
    // A workspace that is gone keeps nobody from being recognised.
    const elsewhere = { cookie, 'x-workspace-id': '00000000-0000-7000-8000-000000000000' };
    expect((await ask('{ viewer { id } }', {}, elsewhere)).data.viewer).not.toBeNull();
  });

  it('asks for what is missing, and tells a foreign workspace no differently from one that never was', async () => {
    const [ada, grace] = [await signUp(), await signUp()];
    const document = '{ workspace { id } apiTokens { id } }';
    expect((await ask(document)).error?.code).toBe('UNAUTHENTICATED');
    expect((await ask(document, {}, { cookie: ada.cookie })).error).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'x-workspace-id',
    });
    expect((await ask(document, {}, ada.inWorkspace)).data).toEqual({
      workspace: { id: ada.workspaceId },
      apiTokens: [],
    });
    const from = async (workspaceId: string) => {
      const answer = await ask('{ workspace { id } }', {}, { cookie: ada.cookie, 'x-workspace-id': workspaceId });
      expect(answer.error?.code).toBe('NOT_FOUND');
      return answer.text.replace(answer.error?.requestId ?? '?', 'id');
    };
    expect(await from(grace.workspaceId)).toBe(await from('00000000-0000-7000-8000-000000000000'));
    expect(await from(grace.workspaceId)).toBe(await from('nowhere'));
  });

  it('an API token works as a bearer token and is no person', async () => {
    const { inWorkspace, workspaceId } = await signUp();
    const made = await ask(
      'mutation { createApiToken(name: "reports", role: VIEWER) { secret token { lastFour } } }',
      {},
      inWorkspace,
    );
    const { secret, token } = made.data.createApiToken;
    expect(secret.endsWith(token.lastFour)).toBe(true);
    const authorization = `Bearer ${secret}`;
    expect((await ask('{ workspace { id } viewer { id } }', {}, { authorization })).data).toEqual({
      workspace: { id: workspaceId },
      viewer: null,
    });
    for (const document of [
      '{ apiTokens { id } }',
      '{ sessions { id } }',
      'mutation { createWorkspace(name: "x") { id } }',
    ]) {
      expect((await ask(document, {}, { authorization })).error?.code).toBe('FORBIDDEN');
    }
    expect(
      (await ask('{ workspace { id } }', {}, { ...inWorkspace, authorization: `${authorization}x` })).error?.code,
    ).toBe('UNAUTHENTICATED');
  });

  it.each([
    ['a page of another site', 'application/json', { origin: 'https://evil.example' }],
    ['a sandboxed frame', 'application/json', { origin: 'null' }],
    ['a form', 'application/x-www-form-urlencoded', {}],
    ['a form with files', 'multipart/form-data; boundary=x', {}],
    ['plain text', 'text/plain', {}],
    ['plain text that says it is JSON', 'text/plain; application/json', { origin: 'https://evil.example' }],
  ])('nothing is done for %s in the name of the person', async (_, type, headers) => {
    const { cookie } = await signUp();
    const answer = await app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { ...own, ...headers, 'content-type': type, cookie },
      payload: JSON.stringify({ query: 'mutation { revokeOtherSessions }' }),
    });
    expect(answer.body).not.toContain('"revokeOtherSessions":true');
    expect(answer.statusCode >= 400 || answer.body.includes('UNAUTHENTICATED')).toBe(true);
  });

  it('no mutation runs by GET', async () => {
    const { cookie } = await signUp();
    for (const headers of [{}, { 'apollo-require-preflight': '1', 'content-type': 'application/json' }]) {
      const url = `/graphql?query=${encodeURIComponent('mutation { signOut }')}`;
      const answer = await app.inject({ method: 'GET', url, headers: { ...own, ...headers, cookie } });
      expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    }
    expect((await ask('{ viewer { id } }', {}, { cookie })).data.viewer).not.toBeNull();
  });

  it.each([
    ['the browser signs out', async (person: Person) => ask('mutation { signOut }', {}, { cookie: person.cookie })],
    [
      'the session is ended from elsewhere',
      async (person: Person) => {
        const { cookie } = await signIn(person.email, password);
        return ask('mutation { revokeOtherSessions }', {}, { cookie: `__Host-parley_session=${cookie?.value ?? ''}` });
      },
    ],
  ])('open sockets are closed within two seconds when %s', async (_, end) => {
    const person = await signUp();
    const socket = await openSocket(person.inWorkspace);
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    const began = Date.now();
    expect((await end(person)).error).toBeUndefined();
    expect(await closed).toBe(4403);
    expect(Date.now() - began).toBeLessThan(2_000);
  });
});

/** A socket of a page of ours, once the server has let it in. */
async function openSocket(headers: { cookie: string; 'x-workspace-id': string }): Promise<WebSocket> {
  if (!app.getHttpServer().listening) await app.listen(0, '127.0.0.1');
  const url = `${(await app.getUrl()).replace('http', 'ws')}/graphql`;
  const socket = new WebSocket(url, 'graphql-transport-ws', {
    headers: { cookie: headers.cookie },
    origin: own.origin,
  });
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: { workspaceId: headers['x-workspace-id'] } }));
  const [ack] = (await once(socket, 'message')) as [Buffer];
  expect(JSON.parse(ack.toString())).toMatchObject({ type: 'connection_ack' });
  return socket;
}
