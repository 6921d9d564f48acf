import { DataSource, type EntityManager, getMetadataArgsStorage, type QueryRunner } from 'typeorm';
import pg, { type Pool, type PoolClient, type QueryConfig, type QueryResult } from 'pg';
import { readInstantsFast } from './instant.js';
import { JoinedCalls } from './joined-calls.js';
import { Pipeline } from './pipeline.js';
import { preparedName } from './prepared.js';
import { refuseUnboundRole } from './refuse-unbound-role.js';
import { prepareForScopedReads, runScopedRead } from './scoped-read.js';
import type { Sql } from './sql.js';
import { asUnavailable, codeOf } from './unavailable.js';

/** Pool settings that hold for every connection of the server. Times in ms. */
const limits = {
  connectionTimeoutMillis: 5_000,
  statement_timeout: 30_000,
  lock_timeout: 10_000,
  idle_in_transaction_session_timeout: 60_000,
} as const;

// SQLSTATE classes after which the same transaction may simply be run again.
const retriable = new Set(['40001', '40P01']);

/**
 * Behind a lock a call on a pipeline holds up those behind it, so it gives up soon; whoever made it then waits in a
 * transaction. What is read on one goes by keys: a plan made while a table was small would read all of it for ever.
 */
const pipelines = {
  calls: { size: 2, settings: { ...limits, lock_timeout: 1_000 } },
  // Long ones have connections of their own: no short one waits behind them.
  longCalls: { size: 2, settings: { ...limits, lock_timeout: 1_000 } },
  reads: { size: 2, settings: { ...limits, options: '-c enable_seqscan=off' } },
} as const;

/** How statements of a reading are run where it has no connection of its own. */
export type ReadStatement = (config: QueryConfig) => Promise<QueryResult>;

interface SingleOptions {
  /** Kept parsed on each connection: for texts of a fixed and small number. */
  readonly prepared?: boolean;
}

/** The connections of the server's own role. Used by `Workspaces` and `SystemDatabase` alone. */
export class Database {
  private readonly calls: Pipeline;
  private readonly longCalls: Pipeline;
  private readonly joined: JoinedCalls;
  private readonly reads: Pipeline;

  private constructor(
    private readonly source: DataSource,
    private readonly url: string,
  ) {
    const { calls, longCalls, reads } = pipelines;
    const settings = { connectionString: url, application_name: 'parley' };
    this.calls = new Pipeline({ ...settings, ...calls.settings }, calls.size);
    this.longCalls = new Pipeline({ ...settings, ...longCalls.settings }, longCalls.size);
    this.joined = new JoinedCalls((statement, long) =>
      (long ? this.longCalls : this.calls).run((client) =>
        client.query({ ...statement, rowMode: 'array' } as QueryConfig),
      ),
    );
    this.reads = new Pipeline({ ...settings, ...reads.settings }, reads.size, prepareForScopedReads);
  }

  /** Connects, and refuses a role that row-level security does not bind. */
  static async connect(url: string, poolSize: number): Promise<Database> {
    readInstantsFast();
    const source = new DataSource({
      type: 'postgres',
      url,
      // Every entity class of the modules loaded so far: the platform knows none of them by name.
      entities: getMetadataArgsStorage().tables.map((table) => table.target),
      poolSize,
      applicationName: 'parley',
      connectTimeoutMS: limits.connectionTimeoutMillis,
      invalidWhereValuesBehavior: { null: 'sql-null', undefined: 'throw' },
      extra: { ...limits, onConnect: prepareForScopedReads },
    });
    await source.initialize();
    const database = new Database(source, url);
    try {
      await refuseUnboundRole(source);
    } catch (error) {
      await database.close();
      throw error;
    }
    return database;
  }

  /** Runs one statement by itself, in one round trip. */
  async single(
    statement: Sql,
    { prepared = false }: SingleOptions = {},
  ): Promise<{ rows: unknown[]; rowCount: number | null }> {
    const query: QueryConfig = { text: statement.text, values: [...statement.values] };
    const name = prepared ? preparedName(statement.text) : null;
    if (name !== null) query.name = name;
    try {
      return await this.pool.query(query);
    } catch (error) {
      throw asUnavailable(error);
    }
  }

  /** Makes the calls of a workspace, as one list of columns, in a transaction that others of the moment may share. */
  async call(workspaceId: string, columns: Sql, width: number): Promise<unknown[]> {
    try {
      return await this.joined.make(workspaceId, columns, width);
    } catch (error) {
      throw asUnavailable(error);
    }
  }

  /** Runs statements that read in a workspace, each in one round trip on a connection of the moment. */
  reading(workspaceId: string): ReadStatement {
    return async (config) => {
      const client = await this.pool.connect();
      // A connection that ends says so to its owner, and would end the process if nobody listened.
      const ignore = () => undefined;
      client.on('error', ignore);
      try {
        return await runScopedRead(client, workspaceId, config);
      } finally {
        client.off('error', ignore);
        client.release();
      }
    };
  }

  /** The same for short statements by key: they share their round trips with those of other workspaces. */
  readingTogether(workspaceId: string): ReadStatement {
    return (config) => {
      const name = config.name ?? preparedName(config.text);
      const named = name === null ? config : { ...config, name };
      return this.reads.run((client) => runScopedRead(client, workspaceId, named));
    };
  }

  /** TypeORM's way to entities by way of a reading. */
  managerOf(query: ReadStatement): EntityManager {
    const runner = this.source.createQueryRunner();
    const connection = { query: (text: string, values?: unknown[]) => query({ text, values: values ?? [] }) };
    // It takes this for the connection that it would otherwise get from the pool; there is nothing to give back.
    Object.assign(runner, { databaseConnection: connection, isTransactionActive: true });
    return runner.manager;
  }

  private get pool(): Pool {
    return (this.source.driver as unknown as { readonly master: Pool }).master;
  }

  /** Runs work on one connection, between its own begin and commit; again when Postgres asks for that. */
  async transact<Result>(
    begin: string,
    work: (client: PoolClient, runner: QueryRunner) => Promise<Result>,
  ): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(begin, work);
      } catch (error) {
        if (attempt < 4 && retriable.has(codeOf(error))) continue;
        throw asUnavailable(error);
      }
    }
  }

  private async once<Result>(
    begin: string,
    work: (client: PoolClient, runner: QueryRunner) => Promise<Result>,
  ): Promise<Result> {
    const runner = this.source.createQueryRunner();
    const client = (await runner.connect()) as PoolClient;
    try {
      await client.query(begin);
      // TypeORM must not open a transaction of its own inside ours.
      mark(runner, true);
      const result = await work(client, runner);
      await client.query('commit');
      await release(runner);
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      await release(runner).catch(() => undefined);
      throw error;
    }
  }

  /** A small pool of its own, for work that must not wait behind the rest (the intake of webhooks). */
  ownPool(size: number): Pool {
    const pool = new pg.Pool({ connectionString: this.url, max: size, application_name: 'parley-intake', ...limits });
    // A connection that Postgres ends while idle is replaced on next use; without a listener it would end the process.
    pool.on('error', () => undefined);
    return pool;
  }

  async close(): Promise<void> {
    await Promise.all([this.calls.close(), this.longCalls.close(), this.reads.close()]);
    await this.source.destroy();
  }
}

async function release(runner: QueryRunner): Promise<void> {
  mark(runner, false);
  await runner.release();
}

function mark(runner: QueryRunner, active: boolean): void {
  (runner as { isTransactionActive: boolean }).isTransactionActive = active;
}
