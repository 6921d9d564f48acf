import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { Module, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { WebSocket } from 'ws';
import { AccountsModule } from '../../src/accounts/index.js';
import { bcryptCost } from '../../src/accounts/passwords/password-hasher.js';
import { Config, readEnvironment } from '../../src/platform/config/index.js';
import { fastifyAdapter, prepareFastify } from '../../src/platform/http/index.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import { type TestDatabase, createTestDatabase } from './database.js';

/** What a page of ours sends along. */
export const own = { origin: 'https://parley.example.com', host: 'parley.example.com' };

/** The password of everyone whom these tests sign up. */
export const password = 'correct horse battery';

export interface Answer {
  readonly status: number;
  readonly text: string;
  // What an answer holds is what the test asserts.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
  readonly error: { code: string; field?: string; retryAfter?: number; requestId: string } | undefined;
  readonly cookie: { value: string } | undefined;
}

export type Person = Awaited<ReturnType<PublicAccounts['signUp']>>;

/** The accounts as they stand on a public address with HTTPS; bcrypt as cheap as it goes. */
export class PublicAccounts {
  private people = 0;

  private constructor(
    readonly app: NestFastifyApplication,
    private readonly database: TestDatabase,
    private readonly folder: string,
  ) {}

  static async start(providers: Type[] = []): Promise<PublicAccounts> {
    const database = await createTestDatabase();
    const folder = await mkdtemp(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '', 'public-'));
    const environment = {
      NODE_ENV: 'test',
      DATA_DIR: folder,
      LOG_LEVEL: 'silent',
      PUBLIC_URL: own.origin,
      INSTANCE_OPERATORS: 'operator@example.com',
    };
    const secrets = {
      encryptionKeys: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
      passwordPepper: 'a pepper for the tests',
      metaVerifyToken: 'verify',
      sandboxAppSecret: 'sandbox',
      vapidPrivateKey: Buffer.alloc(32, 7).toString('base64url'),
      receiptSigningKey: Buffer.alloc(32, 11).toString('base64'),
    };
    const config = new Config(readEnvironment(environment), secrets, database.appUrl, null);

    @Module({ imports: [PlatformModule.with(config), AccountsModule], providers })
    class ServerOfAccounts {}

    const module = await Test.createTestingModule({ imports: [ServerOfAccounts] })
      .overrideProvider(bcryptCost)
      .useValue(4)
      .compile();
    const app = module.createNestApplication<NestFastifyApplication>(fastifyAdapter({ trustProxy: 0 }), {
      bodyParser: false,
      logger: false,
    });
    await prepareFastify(app);
    await app.init();
    return new PublicAccounts(app, database, folder);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.database.drop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** One operation, as a page of ours sends it. */
  async ask(query: string, variables: object = {}, headers: Record<string, string> = {}): Promise<Answer> {
    const answer = await this.app.inject({
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

  /** A new person, and the headers of their browser. */
  async signUp() {
    this.people += 1;
    const email = `person${String(this.people)}@example.com`;
    const input = { email, name: 'Ada', password, workspaceName: 'Engines', acceptedPolicies: true };
    const answer = await this.ask(
      `mutation ($input: SignUpInput!) { signUp(input: $input) { id email memberships { role workspace { id members { user { id } } } } } }`,
      { input },
    );
    const cookie = `__Host-parley_session=${answer.cookie?.value ?? ''}`;
    const workspaceId: string = answer.data.signUp.memberships[0].workspace.id;
    return { answer, email, cookie, workspaceId, inWorkspace: { cookie, 'x-workspace-id': workspaceId } };
  }

  signIn(email: string, given: string, headers: Record<string, string> = {}): Promise<Answer> {
    const document = 'mutation ($input: SignInInput!) { signIn(input: $input) { id } }';
    return this.ask(document, { input: { email, password: given } }, headers);
  }

  /** A socket of a page that says where it is from (null: it does not), before it said hello. */
  async socket(cookie: string, origin: string | null = own.origin): Promise<WebSocket> {
    if (!this.app.getHttpServer().listening) await this.app.listen(0, '127.0.0.1');
    const url = `${(await this.app.getUrl()).replace('http', 'ws')}/graphql`;
    const headers = { cookie, ...(origin !== null && { origin }) };
    return new WebSocket(url, 'graphql-transport-ws', { headers });
  }

  /** A socket of a page of ours, once the server has let it in. */
  async openSocket(headers: Person['inWorkspace']): Promise<WebSocket> {
    const socket = await this.socket(headers.cookie);
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init', payload: { workspaceId: headers['x-workspace-id'] } }));
    const [ack] = (await once(socket, 'message')) as [Buffer];
    expect(JSON.parse(ack.toString())).toMatchObject({ type: 'connection_ack' });
    return socket;
  }
}
