import { Global, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import pg from 'pg';
import { type TestDatabase, createTestDatabase } from '../../test/support/database.js';
import {
  Authenticator,
  type Credentials,
  type MemberActor,
  RequestContext,
  type UserActor,
} from '../platform/access/index.js';
import { AuditModule } from '../platform/audit/index.js';
import { Config, readEnvironment } from '../platform/config/index.js';
import { DatabaseModule, Workspaces, sql } from '../platform/database/index.js';
import { DomainError, ErrorCode } from '../platform/errors/index.js';
import { LiveFeed, LiveNews } from '../platform/live/index.js';
import { Facts, OutboxModule } from '../platform/outbox/index.js';
import { RedisConnections } from '../platform/queue/index.js';
import { SecretsModule } from '../platform/secrets/index.js';
import { AccountsModule, MemberLoader, WorkspaceCreated } from './index.js';
import { PasswordHasher, bcryptCost } from './passwords/password-hasher.js';
import { SignInInput } from './users/sign-in.input.js';
import { SignUpInput } from './users/sign-up.input.js';
import { UserResolver } from './users/user.resolver.js';
import { WorkspaceResolver } from './workspaces/workspace.resolver.js';

const password = 'correct horse battery';

let database: TestDatabase;
let admin: pg.Client;
let module: TestingModule;

beforeAll(async () => {
  database = await createTestDatabase();
  admin = new pg.Client({ connectionString: database.ownerUrl });
  await admin.connect();
  module = await start({});
});

afterAll(async () => {
  await module.close();
  await admin.end();
  await database.drop();
});

/** The accounts on a database, without HTTP; bcrypt as cheap as it goes. */
async function start(environment: Record<string, string>): Promise<TestingModule> {
  const secrets = {
    encryptionKeys: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    passwordPepper: 'a pepper for the tests',
    metaVerifyToken: 'verify',
    sandboxAppSecret: 'sandbox',
  };
  const config = new Config(readEnvironment({ NODE_ENV: 'test', ...environment }), secrets, database.appUrl, null);

  @Global()
  @Module({
    providers: [{ provide: Config, useValue: config }, RedisConnections, LiveNews, LiveFeed],
    exports: [Config, LiveFeed],
  })
  class Surroundings {}

  const compiled = await Test.createTestingModule({
    imports: [Surroundings, DatabaseModule, SecretsModule, OutboxModule, AuditModule, AccountsModule],
  })
    .overrideProvider(bcryptCost)
    .useValue(4)
    .compile();
  compiled.enableShutdownHooks();
  return compiled.init();
}

interface Browser {
  readonly request: () => RequestContext;
  cookie: string | null;
}

let addresses = 0;

/** A browser at an address of its own that keeps its cookie. */
function browser(ip?: string): Browser {
  addresses += 1;
  const address = ip ?? `198.51.${String(addresses >> 8)}.${String(addresses & 255)}`;
  const self: Browser = {
    cookie: null,
    request: () =>
      new RequestContext(
        { session: self.cookie, token: null, workspaceId: null },
        { ip: address, userAgent: 'a browser', requestId: 'request' },
        (cookie) => (self.cookie = cookie),
      ),
  };
  return self;
}

let people = 0;
const newAddress = () => `person${String((people += 1))}@example.com`;
const signUpInput = (email: string, more: Partial<SignUpInput> = {}): SignUpInput =>
  Object.assign(new SignUpInput(), {
    email,
    name: 'Ada',
    password,
    workspaceName: 'Engines',
    acceptedPolicies: true,
    ...more,
  });
const signUp = async (email = newAddress(), from = browser()) => {
  const user = await module.get(UserResolver).signUp(signUpInput(email), from.request());
  return { email, user, browser: from };
};
const signIn = (email: string, given: string, from: Browser) =>
  module.get(UserResolver).signIn(Object.assign(new SignInInput(), { email, password: given }), from.request());
const authenticate = (credentials: Partial<Credentials>) =>
  module
    .get<Authenticator>(Authenticator)
    .authenticate({ session: null, token: null, workspaceId: null, ...credentials });
const personOf = async (cookie: string | null) => (await authenticate({ session: cookie })) as UserActor;
const refusal = async (work: Promise<unknown>): Promise<DomainError> => {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof DomainError)) throw error instanceof Error ? error : new Error('It was not refused.');
  return error;
};

describe('signing up', () => {
  it('makes the person, their workspace and a session, and signs them in', async () => {
    const told: string[] = [];
    module.get(Facts).on(WorkspaceCreated, async (_, fact) => void told.push(fact.workspaceId));
    const { user, browser: ada, email } = await signUp();
    expect(user).toMatchObject({ email, name: 'Ada', emailVerified: false, twoFactorEnabled: false });

    const request = ada.request();
    request.actor = await authenticate(request.credentials);
    const viewer = await module.get(UserResolver).viewer(request);
    expect(viewer?.id).toBe(user.id);
    const memberships = await module.get(UserResolver).memberships(user, request);
    expect(memberships).toMatchObject([
      { role: 'OWNER', workspace: { name: 'Engines', timezone: 'UTC', deletionScheduledAt: null } },
    ]);
    const workspaceId = memberships[0]?.workspace.id ?? '';
    expect(told).toEqual([workspaceId]);

    const actor = (await authenticate({ session: ada.cookie, workspaceId })) as MemberActor;
    expect(actor).toMatchObject({ kind: 'member', workspaceId, role: 'OWNER', credential: { kind: 'session' } });
    const workspace = await module.get(WorkspaceResolver).workspace(actor);
    expect(await module.get(WorkspaceResolver).members(workspace)).toMatchObject([
      { role: 'OWNER', user: { id: user.id, email } },
    ]);
    const audit = await admin.query<{ action: string; actor: string }>(
      'select action, actor from audit_entries where workspace_id = $1',
      [workspaceId],
    );
    expect(audit.rows).toEqual([{ action: 'workspace.create', actor: `member:${actor.memberId}` }]);
  });

  it('keeps the hash of the token and of the password alone', async () => {
    const { browser: ada, user } = await signUp();
    const { rows } = await admin.query<{ dump: string }>(
      `select (select string_agg(s::text, ' ') from sessions s where user_id = $1) || (select u::text from users u where id = $1) as dump`,
      [user.id],
    );
    expect(ada.cookie).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(rows[0]?.dump).toContain('$2b$04$');
    expect(rows[0]?.dump).not.toContain(password);
    expect(rows[0]?.dump).not.toContain(Buffer.from(ada.cookie ?? '').toString('hex'));
    expect(rows[0]?.dump).not.toContain(ada.cookie);
  });
});
