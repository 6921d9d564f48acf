import { DataSource, getMetadataArgsStorage, type QueryRunner } from 'typeorm';
import pg, { type Pool, type PoolClient, type QueryConfig } from 'pg';
import { DomainError, ErrorCode } from '../errors/index.js';
import { readInstantsFast } from './instant.js';
import { preparedName } from './prepared.js';
import type { Sql } from './sql.js';

/** Pool settings that hold for every connection of the server. Times in ms. */
const limits = {
  connectionTimeoutMillis: 5_000,
  statement_timeout: 30_000,
  lock_timeout: 10_000,
  idle_in_transaction_session_timeout: 60_000,
} as const;

// SQLSTATE classes after which the same transaction may simply be run again.
const retriable = new Set(['40001', '40P01']);
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08003',
  '08001',
  '53300',
  // Behind a lock, or a statement, that did not end in the time there is.
  '55P03',
  '57014',
]);

interface SingleOptions {
  /** Kept parsed on each connection: for texts of a fixed and small number. */
  readonly prepared?: boolean;
  /** Rows as arrays of values, for columns without names of their own. */
  readonly asArrays?: boolean;
}

/** The connections of the server's own role. Used by `Workspaces` and `SystemDatabase` alone. */
export class Database {
  private constructor(
    private readonly source: DataSource,
    private readonly url: string,
  ) {}

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
      extra: { ...limits },
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
    { prepared = false, asArrays = false }: SingleOptions = {},
  ): Promise<{ rows: unknown[]; rowCount: number | null }> {
    const pool = (this.source.driver as unknown as { readonly master: Pool }).master;
    const query: QueryConfig = { text: statement.text, values: [...statement.values] };
    const name = prepared ? preparedName(statement.text) : null;
    if (name !== null) query.name = name;
    try {
      return await (asArrays ? pool.query({ ...query, rowMode: 'array' }) : pool.query(query));
    } catch (error) {
      throw asUnavailable(error);
    }
  }

  /** Runs work on one connection, between its own begin and commit; again when Postgres asks for that. */
  async transact<Result>(
    begin: string,
    work: (client: PoolClient, runner: QueryRunner) => Promise<Result>,
    options: { readonly awaitCommit: boolean },
  ): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(begin, work, options);
      } catch (error) {
        if (attempt < 4 && retriable.has(codeOf(error))) continue;
        throw asUnavailable(error);
      }
    }
  }

  private async once<Result>(
    begin: string,
    work: (client: PoolClient, runner: QueryRunner) => Promise<Result>,
    { awaitCommit }: { readonly awaitCommit: boolean },
  ): Promise<Result> {
    const runner = this.source.createQueryRunner();
    const client = (await runner.connect()) as PoolClient;
    try {
      await client.query(begin);
      // TypeORM must not open a transaction of its own inside ours.
      mark(runner, true);
      const result = await work(client, runner);
      const committed = client.query('commit');
      if (awaitCommit) {
        await committed;
        await release(runner);
      } else {
        // A read has its rows already; the connection goes back once the commit is through.
        void committed.catch(() => undefined).then(() => release(runner));
      }
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
    await this.source.destroy();
  }
}

async function release(runner: QueryRunner): Promise<void> {
  mark(runner, false);
  await runner.release();
}

async function refuseUnboundRole(source: DataSource): Promise<void> {
  const [role] = await source.query<
    { name: string; superuser: boolean; bypass: boolean; definer: boolean; owns: number }[]
  >(
    `select r.rolname as name, r.rolsuper as superuser, r.rolbypassrls as bypass,
            exists (select from pg_roles d where d.rolname = 'parley_definer' and pg_has_role(r.oid, d.oid, 'member')) as definer,
            (select count(*)::int from pg_class c
              where c.relowner = r.oid or pg_has_role(r.oid, c.relowner, 'usage') and c.relnamespace = 'public'::regnamespace) as owns
       from pg_roles r where r.rolname = current_user`,
  );
  if (role === undefined) throw new Error('The database did not say which role DATABASE_URL signs in as.');
  const faults = [
    role.superuser ? 'is a superuser' : null,
    role.bypass ? 'may bypass row-level security (BYPASSRLS)' : null,
    role.owns > 0 ? 'owns tables' : null,
    role.definer && !role.superuser ? 'has the rights of parley_definer' : null,
  ].filter((fault) => fault !== null);
  if (faults.length > 0) {
    throw new Error(
      `Parley does not start as the database role "${role.name}": it ${faults.join(' and ')}, so one workspace could read ` +
        `another's rows. Give DATABASE_URL a role of its own: create role parley_app login password '...' nosuperuser nobypassrls;`,
    );
  }
}

/** A database that is away, as a refusal that says when to try again; any other error as it is. */
function asUnavailable(error: unknown): unknown {
  if (!unreachable.has(codeOf(error)) && !isPoolTimeout(error)) return error;
  return new DomainError(ErrorCode.UNAVAILABLE, 'The database does not answer. Try again in a moment.', {
    retryAfter: 2,
    cause: error,
  });
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

function isPoolTimeout(error: unknown): boolean {
  return error instanceof Error && /timeout exceeded when trying to connect|Connection terminated/.test(error.message);
}

function mark(runner: QueryRunner, active: boolean): void {
  (runner as { isTransactionActive: boolean }).isTransactionActive = active;
}
