import { type ChildProcess, fork } from 'node:child_process';
import { createServer } from 'node:net';
import path from 'node:path';
import { Config, loadEnvironment } from '../config/index.js';
import { migrateDatabase, roleOf } from '../database/index.js';
import { acquireDataDirectory, startEmbeddedPostgres, startEmbeddedRedis } from '../embedded/index.js';

type Log = (message: string) => void;

/** What runs beside the server, and how it is ended. */
export interface Surroundings {
  readonly config: Config;
  stop(): Promise<void>;
}

/** Starts what is not given by the environment: Postgres, Redis, the pretend platforms; and brings the schema up to date. */
export async function startSurroundings(log: Log): Promise<Surroundings> {
  const { environment, secrets, secretsFile, secretsCreated } = loadEnvironment();
  const dataDir = path.resolve(environment.DATA_DIR);
  const stops: (() => Promise<void> | void)[] = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    if (environment.DATABASE_URL === undefined || environment.REDIS_URL === undefined) {
      const lock = await acquireDataDirectory(dataDir);
      stops.push(() => lock.release());
    }
    if (environment.ROLE !== 'worker') await refuseTakenPort(environment.PORT, environment.LISTEN_HOST ?? 'localhost');
    if (secretsCreated && environment.ENCRYPTION_KEYS === undefined) {
      log(
        `The keys of this deployment were made and are kept in ${secretsFile}. Back that file up: without it nothing encrypted can be read.`,
      );
    }
    const database = await openDatabase(environment.DATABASE_URL, environment.DATABASE_OWNER_URL, dataDir, log, stops);
    const redisUrl = environment.REDIS_URL ?? (await openRedis(dataDir, log, stops));
    if (database.ownerUrl !== null && environment.ROLE !== 'worker') {
      await migrateDatabase({ ownerUrl: database.ownerUrl, appRole: roleOf(database.appUrl), log });
    }
    const config = new Config(environment, secrets, database.appUrl, redisUrl);
    if (config.sandbox !== null && config.servesApi) {
      const sandbox = await startSandbox(config, log);
      stops.push(() => void sandbox.kill());
    }
    return { config, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A port that another program has is named before anything is started. */
async function refuseTakenPort(port: number, host: string): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(port, host, resolve));
  await new Promise((resolve) => probe.close(resolve));
}

async function openDatabase(
  appUrl: string | undefined,
  ownerUrl: string | undefined,
  dataDir: string,
  log: Log,
  stops: (() => Promise<void> | void)[],
) {
  if (appUrl !== undefined) return { appUrl, ownerUrl: ownerUrl ?? null };
  log('Starting the embedded Postgres…');
  const postgres = await startEmbeddedPostgres({ dataDir, log });
  stops.push(() => postgres.stop());
  return { appUrl: postgres.appUrl, ownerUrl: postgres.ownerUrl };
}

async function openRedis(dataDir: string, log: Log, stops: (() => Promise<void> | void)[]): Promise<string | null> {
  const redis = await startEmbeddedRedis({ dataDir, log });
  if (redis === null) {
    log('Going on without Redis: everything works, live updates across processes and jobs are slower.');
    return null;
  }
  stops.push(() => redis.stop());
  return redis.url;
}

/** The pretend platforms, as a process of their own that ends with this one. */
async function startSandbox(config: Config, log: Log): Promise<ChildProcess> {
  const script = path.join(import.meta.dirname, '..', '..', '..', '..', 'apps', 'sandbox', 'main.ts');
  const child = fork(script, [], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: {
      SANDBOX_PORT: String(config.sandbox?.port ?? 0),
      SANDBOX_PARENT: 'ipc',
      SANDBOX_WEBHOOK_URL: `http://localhost:${String(config.environment.PORT)}/webhooks/meta`,
      META_APP_ID: config.meta.appId,
      META_APP_SECRET: config.meta.appSecret ?? config.sandboxAppSecret,
    },
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    child.once('exit', () =>
      reject(
        new Error(
          `the pretend platforms could not start on port ${String(config.sandbox?.port)}. Set SANDBOX_PORT to a free one, or SANDBOX=off.`,
        ),
      ),
    );
    child.once('error', reject);
  });
  child.on('exit', (code) => {
    if (code !== null && code !== 0) log('The pretend platforms ended; start again to have them back.');
  });
  log(`The pretend platforms are at ${config.sandbox?.url ?? ''}`);
  return child;
}
