import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type TestDatabase, createTestDatabase } from '../../test/support/database.js';
import { withDatabase } from '../../test/support/database-names.js';
import { TestServer } from '../../test/support/server.js';
import { startServices } from '../../test/support/services.js';
import { type MachineFacts, machineFacts } from './facts.js';
import { mostMemory, parentOf, processorTime, processorTimeOfTree, residentMemory } from './processor-time.js';

/** The key ring of every server that a bench starts, so that a bench can make what the server can read. */
export const encryptionKeys = `bench:${Buffer.alloc(32, 9).toString('base64')}`;

/**
 * What benches run on: a Postgres and a Redis of this run's own, with the product's own settings, and the built server,
 * each in a process of its own.
 */
export class Machine {
  private readonly stops: (() => Promise<unknown>)[] = [];

  private constructor(
    readonly facts: MachineFacts,
    private readonly postmaster: number,
    private readonly services: { stop(): Promise<void> },
    /** Where CPU profiles go; null: none are made. */
    private readonly profiles: string | null,
  ) {}

  static async start(profiles: string | null): Promise<Machine> {
    const services = await startServices();
    try {
      if (profiles !== null) {
        await mkdir(profiles, { recursive: true });
        await countStatements();
      }
      const admin = await connect(adminUrl());
      try {
        const postmaster = await postmasterOf(admin);
        const facts = await machineFacts(admin, process.env['PARLEY_TEST_FOLDER'] ?? '');
        return new Machine(facts, postmaster, services, profiles);
      } finally {
        await admin.end();
      }
    } catch (error) {
      await services.stop();
      throw error;
    }
  }

  /** Ends what is left. */
  async stop(): Promise<void> {
    await this.tidy();
    await this.services.stop();
  }

  /** Ends what a bench left running, the newest first. */
  async tidy(): Promise<void> {
    for (const stop of this.stops.splice(0).reverse()) await stop();
  }

  /** A migrated, empty database and an empty Redis, for the bench at work. */
  async database(): Promise<TestDatabase> {
    const database = await createTestDatabase();
    this.stops.push(() => database.drop());
    const { profiles } = this;
    if (profiles !== null) {
      const admin = await this.admin(database);
      await admin.query('create extension pg_stat_statements');
      this.stops.push(() => writeStatements(admin, profiles));
    }
    return database;
  }

  /** A migrated, empty database that stays for the benches that follow. */
  lastingDatabase(): Promise<TestDatabase> {
    return createTestDatabase();
  }

  /** The superuser's way into a bench's database. */
  superuserUrl(database: TestDatabase): string {
    return withDatabase(adminUrl(), new URL(database.ownerUrl).pathname.slice(1));
  }

  /** A superuser's connection to a bench's database, for what neither owner nor server may do. */
  async admin(database: TestDatabase): Promise<pg.Client> {
    return this.client(this.superuserUrl(database));
  }

  /** A connection that ends with the bench. */
  async client(url: string): Promise<pg.Client> {
    const client = await connect(url);
    this.stops.push(() => client.end().catch(() => undefined));
    return client;
  }

  /** The built server on a bench's database, ready. It ends with the bench. */
  async server(database: TestDatabase, environment: Readonly<Record<string, string>> = {}): Promise<TestServer> {
    const server = await TestServer.prepare(database, {
      // As it is deployed; a bench adds what it needs.
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://parley.example',
      OPERATOR_NAME: 'Bench',
      OPERATOR_ADDRESS: 'Bench',
      PRIVACY_EMAIL: 'privacy@parley.example',
      SUPPORT_EMAIL: 'support@parley.example',
      SECURITY_EMAIL: 'security@parley.example',
      ENCRYPTION_KEYS: encryptionKeys,
      ...(this.profiles !== null && { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${this.profiles}` }),
      ...environment,
    });
    this.stops.push(() => server.stop());
    await server.start();
    return server;
  }

  /** Something of a bench's own that has to be ended with it. */
  endLater(stop: () => Promise<unknown>): void {
    this.stops.push(stop);
  }

  /** A folder for the bench at work. */
  folder(): Promise<string> {
    return mkdtemp(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '', 'bench-'));
  }

  /** Processor time of a server's process so far, in ms. */
  serverTime(server: TestServer): number {
    return processorTime(server.pid);
  }

  /** Memory that a server's process holds, in MiB. */
  serverMemory(server: TestServer): number {
    return residentMemory(server.pid);
  }

  /** The most memory that a server's process has held since it was started, in MiB. */
  mostServerMemory(server: TestServer): number {
    return mostMemory(server.pid);
  }

  /** Processor time of the database server so far, in ms: all its processes, those that have ended included. */
  postgresTime(): number {
    return processorTimeOfTree(this.postmaster);
  }
}

function adminUrl(): string {
  return process.env['PARLEY_TEST_ADMIN_URL'] ?? '';
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function postmasterOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return parentOf(rows[0]?.pid ?? 0);
}

/** Has the server keep count of its statements, which takes a restart: whoever started it starts it again. */
async function countStatements(): Promise<void> {
  const admin = await connect(adminUrl());
  await admin.query(`alter system set shared_preload_libraries = 'pg_stat_statements'`);
  const postmaster = await postmasterOf(admin);
  await admin.end();
  process.kill(postmaster, 'SIGINT');
  for (let tries = 0; tries < 200; tries += 1) {
    await sleep(100);
    const again = await connect(adminUrl()).catch(() => null);
    if (again === null) continue;
    const loaded = await again.query<{ loaded: string }>(
      `select current_setting('shared_preload_libraries') as loaded`,
    );
    await again.end();
    if (loaded.rows[0]?.loaded === 'pg_stat_statements') return;
  }
  throw new Error('Postgres did not come back with pg_stat_statements.');
}

/** Which statements the database spent its time on, the dearest first. */
async function writeStatements(admin: pg.Client, folder: string): Promise<void> {
  const { rows } = await admin.query<{ line: string }>(
    `select format('%s ms  %s calls  %s ms each  %s rows  %s', round(total_exec_time), calls, round(mean_exec_time::numeric, 3), rows,
                   regexp_replace(query, '\\s+', ' ', 'g')) as line
       from pg_stat_statements s join pg_database d on d.oid = s.dbid and d.datname = current_database()
      order by total_exec_time desc limit 40`,
  );
  await writeFile(
    path.join(folder, `statements-${String(Date.now())}.txt`),
    `${rows.map((row) => row.line).join('\n')}\n`,
  );
}
