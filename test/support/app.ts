import { createHash, randomInt } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type RunningSandbox, type SandboxOptions, startSandbox } from '../../apps/sandbox/server.js';
import { createApp } from '../../src/app.module.js';
import { Config, loadEnvironment } from '../../src/platform/config/index.js';
import { Deliveries } from '../../src/platform/deliveries/index.js';
import { makePasswordsCheap } from './cheap-passwords.js';
import { type TestDatabase, createTestDatabase } from './database.js';

/** The app secret that the pretend platforms sign with in specs. */
export const appSecret = 'test-app-secret';

export interface TestApp {
  readonly url: string;
  readonly app: NestFastifyApplication;
  readonly sandbox: RunningSandbox;
  readonly database: TestDatabase;
  /** Applies every delivery that waits. */
  drainDeliveries(): Promise<void>;
  close(): Promise<void>;
}

export interface TestAppOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly sandbox?: SandboxOptions;
  /** A database that another app of the same spec already uses. */
  readonly database?: TestDatabase;
  /** False: no Redis, as if it were down from the start. */
  readonly redis?: boolean;
  /** True: a password costs what it costs in production. */
  readonly dearPasswords?: boolean;
}

/** The deployment's key of a test's database: every server on it has the same. */
export function keysOf({ ownerUrl }: Pick<TestDatabase, 'ownerUrl'>): string {
  return `k1:${createHash('sha256').update(new URL(ownerUrl).pathname).digest('base64')}`;
}

/**
 * A port that was free a moment ago, of those that no system gives out by itself: one of theirs may belong to somebody's call,
 * or to the next server that asks for any, before ours listens.
 */
export async function freePort(): Promise<number> {
  const port = randomInt(10_000, 32_000);
  const server = createServer();
  const isFree = await new Promise<boolean>((resolve) => {
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () => {
      resolve(true);
    });
  });
  if (!isFree) return freePort();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The whole server in this process, on a database of its own, with the pretend platforms beside it. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = options.database ?? (await createTestDatabase());
  const port = await freePort();
  const sandbox = await startSandbox({
    webhookUrl: `http://127.0.0.1:${String(port)}/webhooks/meta`,
    appSecret,
    ...options.sandbox,
  });
  const { environment, secrets } = loadEnvironment({
    NODE_ENV: 'test',
    PORT: String(port),
    ENCRYPTION_KEYS: keysOf(database),
    DATA_DIR: await mkdtemp(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '', 'app-')),
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    META_APP_SECRET: appSecret,
    META_GRAPH_URL: `${sandbox.url}/graph`,
    META_DIALOG_URL: `${sandbox.url}/dialog`,
    META_CONFIG_ID: '990000000000001',
    INSTAGRAM_GRAPH_URL: `${sandbox.url}/instagram`,
    INSTAGRAM_APP_ID: '550000000000002',
    INSTAGRAM_DIALOG_URL: `${sandbox.url}/instagram-dialog`,
    INSTAGRAM_API_URL: `${sandbox.url}/instagram-api`,
    TELEGRAM_API_URL: `${sandbox.url}/telegram`,
    // Nobody pretends to be LINE; its calls end on this machine all the same.
    LINE_API_URL: `${sandbox.url}/line`,
    PADDLE_API_URL: `${sandbox.url}/paddle`,
    LEMONSQUEEZY_API_URL: `${sandbox.url}/lemonsqueezy`,
    POLAR_API_URL: `${sandbox.url}/polar`,
    ...options.environment,
  });
  const config = new Config(environment, secrets, database.appUrl, options.redis === false ? null : database.redisUrl);
  const app = await createApp(config, path.join(import.meta.dirname, '../../dist/dashboard'));
  if (options.dearPasswords !== true) makePasswordsCheap(app);
  await app.listen(port, '127.0.0.1');
  return {
    url: `http://127.0.0.1:${String(port)}`,
    app,
    sandbox,
    database,
    drainDeliveries: () => app.get(Deliveries).drain(),
    close: async () => {
      await app.close();
      await sandbox.close();
      if (options.database === undefined) await database.drop();
    },
  };
}
