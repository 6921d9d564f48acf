import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { Global, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import pg from 'pg';
import {
  Authenticator,
  type Credentials,
  type MemberActor,
  RequestContext,
  type UserActor,
} from '../../src/platform/access/index.js';
import { AuditModule } from '../../src/platform/audit/index.js';
import { Config, readEnvironment } from '../../src/platform/config/index.js';
import { DatabaseModule } from '../../src/platform/database/index.js';
import { DomainError } from '../../src/platform/errors/index.js';
import { LiveFeed, LiveNews } from '../../src/platform/live/index.js';
import { TechnicalLog } from '../../src/platform/logging/index.js';
import { OutboxModule } from '../../src/platform/outbox/index.js';
import { FilesModule } from '../../src/platform/files/index.js';
import { GraphiqlPage, OutgoingClient, Turnstile } from '../../src/platform/http/index.js';
import { MailModule } from '../../src/platform/mail/index.js';
import { LegalHolds, PersonalData } from '../../src/platform/personal-data/index.js';
import { QueueModule } from '../../src/platform/queue/index.js';
import { Recipients } from '../../src/platform/recipients/index.js';
import { SecretsModule } from '../../src/platform/secrets/index.js';
import { AccountsModule } from '../../src/accounts/index.js';
import { bcryptCost } from '../../src/accounts/passwords/password-hasher.js';
import { SignInInput } from '../../src/accounts/users/sign-in.input.js';
import { SignUpInput } from '../../src/accounts/users/sign-up.input.js';
import { UserResolver } from '../../src/accounts/users/user.resolver.js';
import { type TestDatabase, createTestDatabase } from './database.js';

/** The password of everyone whom these tests sign up. */
export const password = 'correct horse battery';

const secrets = {
  encryptionKeys: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
  passwordPepper: 'a pepper for the tests',
  metaVerifyToken: 'verify',
  sandboxAppSecret: 'sandbox',
  vapidPrivateKey: Buffer.alloc(32, 7).toString('base64url'),
  receiptSigningKey: Buffer.alloc(32, 11).toString('base64'),
};

let addresses = 0;
let people = 0;

/** A browser at an address of its own that keeps its cookie. */
export class Browser {
  cookie: string | null = null;
  private readonly ip: string;

  constructor(ip?: string) {
    addresses += 1;
    this.ip = ip ?? `198.51.${String(addresses >> 8)}.${String(addresses & 255)}`;
  }

  request(): RequestContext {
    return new RequestContext(
      { session: this.cookie, token: null, workspaceId: null },
      { ip: this.ip, userAgent: 'a browser', requestId: 'request' },
      (cookie) => (this.cookie = cookie),
    );
  }
}

/** An e-mail address that nobody has yet. */
export function newAddress(): string {
  people += 1;
  return `person${String(people)}@example.com`;
}

/** A sign-up that is fine, but for what is given. */
export function signUpInput(email: string, more: Partial<SignUpInput> = {}): SignUpInput {
  const fine = { email, name: 'Ada', password, workspaceName: 'Engines', acceptedPolicies: true };
  return Object.assign(new SignUpInput(), fine, more);
}

/** The refusal that work ends in; throws where it does not end in one. */
export async function refusal(work: Promise<unknown>): Promise<DomainError> {
  const outcome: unknown = await work.catch((error: unknown) => error);
  if (outcome instanceof DomainError) return outcome;
  throw outcome instanceof Error ? outcome : new Error('It was not refused.');
}

/** The accounts on a database of their own, without HTTP; bcrypt as cheap as it goes. */
export class AccountsUnderTest {
  private constructor(
    private readonly database: TestDatabase,
    /** The owner's connection, to look and to turn clocks. */
    readonly admin: pg.Client,
    readonly module: TestingModule,
  ) {}

  static async start(): Promise<AccountsUnderTest> {
    const database = await createTestDatabase();
    const admin = new pg.Client({ connectionString: database.ownerUrl });
    await admin.connect();
    return new AccountsUnderTest(database, admin, await startModule(database, {}));
  }

  async stop(): Promise<void> {
    await this.module.close();
    await this.admin.end();
    await this.database.drop();
  }

  /** Another process on the same database. */
  another(environment: Record<string, string>): Promise<TestingModule> {
    return startModule(this.database, environment);
  }

  async signUp(from = new Browser(), more: Partial<SignUpInput> = {}) {
    const email = more.email ?? newAddress();
    const user = await this.module.get(UserResolver).signUp(signUpInput(email, more), from.request());
    const self = await this.personOf(from.cookie);
    const workspaceId = self.memberships[0]?.workspaceId ?? '';
    return { email, user, browser: from, self, workspaceId, owner: await this.memberOf(from.cookie, workspaceId) };
  }

  async signIn(email: string, given: string, from: Browser) {
    const input = Object.assign(new SignInInput(), { email, password: given });
    return this.module.get(UserResolver).signIn(input, from.request());
  }

  async authenticate(credentials: Partial<Credentials>) {
    const none = { session: null, token: null, workspaceId: null };
    return this.module.get<Authenticator>(Authenticator).authenticate({ ...none, ...credentials });
  }

  async personOf(session: string | null): Promise<UserActor> {
    const actor = await this.authenticate({ session });
    if (actor?.kind !== 'user') throw new Error('That cookie is nobody.');
    return actor;
  }

  async memberOf(session: string | null, workspaceId: string): Promise<MemberActor> {
    const actor = await this.authenticate({ session, workspaceId });
    if (actor?.kind !== 'member') throw new Error('That cookie is nobody.');
    return actor;
  }

  /** Makes a person a member of another workspace too. */
  async join(workspaceId: string, userId: string, role: string): Promise<void> {
    await this.admin.query(
      'insert into members (workspace_id, id, user_id, role) values ($1, gen_random_uuid(), $2, $3)',
      [workspaceId, userId, role],
    );
  }
}

async function startModule(database: TestDatabase, environment: Record<string, string>): Promise<TestingModule> {
  const folder = await mkdtemp(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '', 'accounts-'));
  const given = { NODE_ENV: 'test', DATA_DIR: folder, ...environment };
  const config = new Config(readEnvironment(given), secrets, database.appUrl, null);

  @Global()
  @Module({
    providers: [
      { provide: Config, useValue: config },
      LiveNews,
      LiveFeed,
      OutgoingClient,
      Turnstile,
      Recipients,
      TechnicalLog,
      GraphiqlPage,
      PersonalData,
      LegalHolds,
    ],
    exports: [
      Config,
      LiveNews,
      LiveFeed,
      OutgoingClient,
      Turnstile,
      Recipients,
      TechnicalLog,
      GraphiqlPage,
      PersonalData,
      LegalHolds,
    ],
  })
  class Surroundings {}

  const compiled = await Test.createTestingModule({
    imports: [
      Surroundings,
      DatabaseModule,
      SecretsModule,
      OutboxModule,
      QueueModule,
      FilesModule,
      MailModule,
      AuditModule,
      AccountsModule,
    ],
  })
    .overrideProvider(bcryptCost)
    .useValue(4)
    .compile();
  return compiled.init();
}
