import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import pg from 'pg';
import { type CaughtMail } from '../../apps/sandbox/mail/catcher.js';
import { AppModule } from '../../src/app.module.js';
import { bcryptCost } from '../../src/accounts/passwords/password-hasher.js';
import { Config, loadEnvironment } from '../../src/platform/config/index.js';
import { fastifyAdapter, prepareFastify } from '../../src/platform/http/index.js';
import { freePort } from './app.js';
import { TestClient } from './client.js';
import { type TestDatabase, createTestDatabase } from './database.js';
import { mailsIn } from './written-mails.js';

/** The password of everyone whom these tests sign up. */
export const password = 'correct horse battery';

let people = 0;

/** The server with real HTTP and sockets, on a database of their own; bcrypt as cheap as it goes. */
export class AccountsServer {
  private constructor(
    readonly url: string,
    readonly app: NestFastifyApplication,
    readonly admin: pg.Client,
    private readonly database: TestDatabase,
    private readonly mailFolder: string,
  ) {}

  static async start(environment: Readonly<Record<string, string>> = {}): Promise<AccountsServer> {
    const database = await createTestDatabase();
    const port = await freePort();
    const loaded = loadEnvironment({
      NODE_ENV: 'test',
      PORT: String(port),
      DATA_DIR: await mkdtemp(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '', 'accounts-')),
      LOG_LEVEL: 'silent',
      ...environment,
    });
    const config = new Config(loaded.environment, loaded.secrets, database.appUrl, null);

    const module = await Test.createTestingModule({ imports: [AppModule.with(config)] })
      .overrideProvider(bcryptCost)
      .useValue(4)
      .compile();
    const adapter = fastifyAdapter({ trustProxy: config.environment.TRUST_PROXY });
    const app = module.createNestApplication<NestFastifyApplication>(adapter, { bodyParser: false, logger: false });
    await prepareFastify(app);
    await app.init();
    await app.listen(port, '127.0.0.1');
    const admin = new pg.Client({ connectionString: database.ownerUrl });
    await admin.connect();
    return new AccountsServer(`http://127.0.0.1:${String(port)}`, app, admin, database, config.mailFolder);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.admin.end();
    await this.database.drop();
  }

  /** A browser in which nobody is signed in. */
  browser(): TestClient {
    return new TestClient(this.url);
  }

  /** A new person in a browser of their own. */
  async signUp(more: Readonly<Record<string, unknown>> = {}) {
    people += 1;
    const email = `person${String(people)}@example.com`;
    const client = this.browser();
    const input = { email, name: 'Ada', password, workspaceName: 'Engines', acceptedPolicies: true, ...more };
    const { signUp } = await client.ask<{ signUp: { id: string; memberships: { workspace: { id: string } }[] } }>(
      'mutation ($input: SignUpInput!) { signUp(input: $input) { id memberships { workspace { id } } } }',
      { input },
    );
    client.workspaceId = signUp.memberships[0]?.workspace.id ?? null;
    return { client, email: input.email, id: signUp.id };
  }

  /** Signs in with a browser of its own; gives the browser and, where it was refused, why. */
  async signIn(email: string, given = password, totp?: string, client = this.browser()) {
    const input = { email, password: given, ...(totp !== undefined && { totp }) };
    const { errors } = await client.post('mutation ($input: SignInInput!) { signIn(input: $input) { id } }', { input });
    return { client, refused: errors?.[0]?.extensions ?? null };
  }

  /** The mails to an address, in the order in which they were written. */
  async mailsTo(address: string): Promise<CaughtMail[]> {
    const mails = await mailsIn(this.mailFolder);
    return mails.filter((mail) => mail.to.includes(address));
  }

  /** Waits for the n-th mail with that subject to an address. */
  async mail(address: string, subject: string | RegExp, n = 1): Promise<CaughtMail> {
    for (let tries = 0; tries < 200; tries += 1) {
      const found = (await this.mailsTo(address)).filter((mail) => mail.subject.match(subject) !== null);
      const mail = found[n - 1];
      if (mail !== undefined) return mail;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`No mail "${String(subject)}" came to ${address}.`);
  }

  /** Waits until every mail and every other job that is due is done. */
  async quiet(): Promise<void> {
    for (let tries = 0; tries < 400; tries += 1) {
      const { rows } = await this.admin.query('select from due where due_at <= now() and set_aside_at is null');
      if (rows.length === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('The jobs do not come to an end.');
  }
}

/** The token in the link of a mail. */
export function tokenIn(mail: CaughtMail): string {
  const token = /[?&]token=([\w-]+)/.exec(mail.text)?.[1];
  if (token === undefined) throw new Error(`There is no link with a token in: ${mail.text}`);
  return token;
}
