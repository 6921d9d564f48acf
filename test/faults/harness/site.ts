import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Redis } from 'ioredis';
import pg from 'pg';
import { type RunningSandbox, type SandboxOptions, startSandbox } from '../../../apps/sandbox/server.js';
import {
  type EmbeddedPostgres,
  type EmbeddedRedis,
  startEmbeddedPostgres,
  startEmbeddedRedis,
} from '../../../src/platform/embedded/index.js';
import { appSecret } from '../../support/app.js';
import { eventually } from '../../support/client.js';
import { PROGRAMS, makeDataDirectory } from '../../support/server-process.js';
import { TestServer } from '../../support/server.js';
import { TcpProxy } from './tcp-proxy.js';

export interface SiteOptions {
  /** How many API processes; one when not given. The first is `api`. */
  readonly apis?: number;
  /** How many worker processes; one when not given. The first is `worker`. */
  readonly workers?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Modules that the processes load before the server: what a test does to a process, and the product knows nothing of. */
  readonly preload?: { readonly api?: string; readonly worker?: string };
  readonly sandbox?: SandboxOptions;
}

/** One process of the built server that is started again whenever a test ends it. */
export class SiteProcess {
  constructor(
    readonly name: string,
    private readonly server: TestServer,
  ) {}

  get url(): string {
    return this.server.url;
  }
  get pid(): number {
    return this.server.pid;
  }
  get ended(): boolean {
    return this.server.ended;
  }
  get log(): string {
    return this.server.log;
  }
  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** Starts it, again and again where what it needs is away too, as a service manager does. */
  async start(): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await this.server.start();
        return;
      } catch (error) {
        await this.server.kill();
        if (tries === 10) throw error;
        await sleep(500);
      }
    }
  }

  /** Starts it once, where it may be meant to die before it is ready. */
  async startOnce(): Promise<void> {
    await this.server.start().catch((error: unknown) => {
      if (!this.ended) throw error;
    });
  }

  async kill(): Promise<void> {
    await this.server.kill();
  }

  stop(): Promise<number | null> {
    return this.server.stop();
  }

  signal(signal: NodeJS.Signals): void {
    // Number 0 would mean this very process and its family.
    if (this.pid === 0) throw new Error(`${this.name} does not run.`);
    process.kill(this.pid, signal);
  }

  /** Memory that it holds now, in MB. */
  async residentMegabytes(): Promise<number> {
    const status = await readFile(`/proc/${String(this.pid)}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1_024;
  }
}

/** A whole deployment of its own: Postgres, Redis, API and worker processes, and the pretend platforms, all killable. */
export class Site {
  readonly apis: SiteProcess[] = [];
  readonly workers: SiteProcess[] = [];

  private constructor(
    readonly postgres: EmbeddedPostgres,
    private readonly redisServer: EmbeddedRedis,
    readonly toPostgres: TcpProxy,
    readonly toRedis: TcpProxy,
    readonly sandbox: RunningSandbox,
  ) {}

  static async start(options: SiteOptions = {}): Promise<Site> {
    const dataDir = await makeDataDirectory();
    const log = () => undefined;
    const postgres = await startEmbeddedPostgres({ dataDir, log });
    const redis = await startEmbeddedRedis({ dataDir, programDir: PROGRAMS, log });
    if (redis === null) throw new Error('The faults need a Redis.');
    const toPostgres = await TcpProxy.start(Number(new URL(postgres.appUrl).port));
    const toRedis = await TcpProxy.start(Number(new URL(redis.url).port));
    const sandbox = await startSandbox({ appSecret, retryGapsMs: Array(60).fill(1_000), ...options.sandbox });
    const site = new Site(postgres, redis, toPostgres, toRedis, sandbox);
    try {
      await site.startProcesses(options, pathToFileURL(join(dataDir, 'journal')).href);
    } catch (error) {
      await site.stop();
      throw error;
    }
    return site;
  }

  get api(): SiteProcess {
    return first(this.apis);
  }
  get worker(): SiteProcess {
    return first(this.workers);
  }

  /** kill -9 of Postgres; it comes back by itself, as the product's own supervisor sees to it. */
  async killPostgres(): Promise<void> {
    process.kill(await this.postgresPid(), 'SIGKILL');
  }

  /** kill -9 of Redis; it comes back by itself too. */
  async killRedis(): Promise<void> {
    const info = await this.redis((redis) => redis.info('server'));
    process.kill(Number(/process_id:(\d+)/.exec(info)?.[1]), 'SIGKILL');
  }

  async flushRedis(): Promise<void> {
    await this.redis((redis) => redis.flushall());
  }

  async postgresPid(): Promise<number> {
    const [row] = await this.ask<{ folder: string }>(
      `select setting as folder from pg_settings where name = 'data_directory'`,
    );
    const file = await readFile(join(row?.folder ?? '', 'postmaster.pid'), 'utf8');
    return Number.parseInt(file, 10);
  }

  /** One statement as the superuser, on a connection of its own, once Postgres answers. */
  async ask<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return eventually(
      () =>
        this.withClient((client) => client.query<Row>(text, [...values])).then(
          ({ rows }) => rows,
          (error: Error & { code?: string }) => {
            if (away.test(error.code ?? '') || away.test(error.message)) return null;
            throw error;
          },
        ),
      60_000,
    );
  }

  /** Work on one connection of the superuser. */
  async withClient<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
    const url = new URL(this.postgres.adminUrl);
    url.pathname = new URL(this.postgres.ownerUrl).pathname;
    const client = new pg.Client({ connectionString: url.href });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.apis, ...this.workers].map((one) => one.kill()));
    await this.sandbox.close();
    await Promise.all([this.toPostgres.close(), this.toRedis.close()]);
    await Promise.all([this.postgres.stop(), this.redisServer.stop()]);
  }

  /** Tells the pretend platforms something. */
  async control<Answer = unknown>(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${this.sandbox.url}/_sandbox/${path}`, {
      method,
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`The sandbox refused ${path}: ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  private async startProcesses(options: SiteOptions, journalUrl: string): Promise<void> {
    const keys = {
      ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      PASSWORD_PEPPER: randomBytes(24).toString('base64url'),
      // One journal for all of them, which each can read.
      JOURNAL_URL: journalUrl,
      RECEIPT_SIGNING_KEY: randomBytes(32).toString('base64'),
      META_GRAPH_URL: `${this.sandbox.url}/graph`,
      INSTAGRAM_GRAPH_URL: `${this.sandbox.url}/instagram`,
      PADDLE_API_URL: `${this.sandbox.url}/paddle`,
      LEMONSQUEEZY_API_URL: `${this.sandbox.url}/lemonsqueezy`,
      POLAR_API_URL: `${this.sandbox.url}/polar`,
    };
    const database = {
      ownerUrl: this.postgres.ownerUrl,
      appUrl: this.toPostgres.through(this.postgres.appUrl),
      redisUrl: this.toRedis.through(this.redisServer.url),
      drop: () => Promise.resolve(),
    };
    const make = async (role: 'api' | 'worker', number: number) => {
      const preload = options.preload?.[role];
      const server = await TestServer.prepare(database, {
        ...keys,
        ROLE: role,
        ...(preload !== undefined && { NODE_OPTIONS: `--import ${preload}` }),
        ...options.environment,
      });
      const one = new SiteProcess(`${role} ${String(number)}`, server);
      (role === 'api' ? this.apis : this.workers).push(one);
      await one.start();
    };
    // The first migrates; the rest find the work done.
    for (let number = 1; number <= (options.apis ?? 1); number += 1) await make('api', number);
    for (let number = 1; number <= (options.workers ?? 1); number += 1) await make('worker', number);
    await this.control('PATCH', 'settings', { webhookUrl: `${this.api.url}/webhooks/meta` });
  }

  private async redis<Result>(work: (redis: Redis) => Promise<Result>): Promise<Result> {
    const redis = new Redis(this.redisServer.url, { retryStrategy: (times) => Math.min(500, 50 * times) });
    redis.on('error', () => undefined);
    try {
      return await work(redis);
    } finally {
      redis.disconnect();
    }
  }
}

const away = /^(57P0[123]|08|53300)|ECONNREFUSED|ECONNRESET|Connection terminated|starting up|recovery mode/;

function first(processes: readonly SiteProcess[]): SiteProcess {
  const [one] = processes;
  if (one === undefined) throw new Error('It is not started yet.');
  return one;
}
