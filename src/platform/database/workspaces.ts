import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { EntityManager } from 'typeorm';
import { Database, type ReadStatement } from './database.js';
import { SystemTransaction, WorkspaceTransaction } from './transaction.js';
import type { Call } from './call.js';
import { type Sql, joinSql, sql } from './sql.js';
import { asUnavailable } from './unavailable.js';
import { isUuid } from './uuid.js';

const locks = {
  'receive-messages': 1,
  'change-members': 2,
  'connect-channels': 3,
  'webhook-endpoints': 4,
  'contact-forms': 5,
} as const;
type OneAtATime = keyof typeof locks;

interface RunOptions {
  /** Transactions of this name wait for one another inside a workspace. */
  readonly oneAtATime?: OneAtATime;
}

/** The one way into a workspace's rows. */
@Injectable()
export class Workspaces {
  constructor(private readonly database: Database) {}

  /**
   * Runs work in one transaction of one workspace and commits it. Never await HTTP, a model or mail inside: the
   * transaction would hold its connection and locks meanwhile. The work may be run again after a deadlock.
   */
  run<Result>(
    workspaceId: string,
    work: (tx: WorkspaceTransaction) => Promise<Result>,
    options: RunOptions = {},
  ): Promise<Result> {
    return this.transact(workspaceId, work, options.oneAtATime);
  }

  /**
   * Reads in a workspace. Nothing can be written, each statement sees the moment at which it runs, and takes one round
   * trip: nothing is begun or ended around it.
   */
  async read<Result>(workspaceId: string, work: (tx: WorkspaceTransaction) => Promise<Result>): Promise<Result> {
    return this.reading(workspaceId, this.database.reading(checked(workspaceId)), work);
  }

  /**
   * The same for short statements by key that many workspaces need at the same moment: those of a moment travel together.
   * Each waits for those before it, so nothing that may take long belongs here. Rows by id are read once.
   */
  async readTogether<Result>(
    workspaceId: string,
    work: (tx: WorkspaceTransaction) => Promise<Result>,
  ): Promise<Result> {
    return this.reading(workspaceId, this.database.readingTogether(checked(workspaceId)), work, true);
  }

  /**
   * Runs a transaction that is nothing but calls, in their order, and shares its round trip and its commit with those of
   * other workspaces. It is not run again by itself, and waits for no lock longer than a second.
   */
  async call(workspaceId: string, calls: readonly Call[], { oneAtATime }: RunOptions = {}): Promise<void> {
    const enter = [sql`set_config('app.workspace_id', ${checked(workspaceId)}, true)`];
    if (oneAtATime !== undefined)
      enter.push(sql`pg_advisory_xact_lock(hashtextextended(${workspaceId}, ${locks[oneAtATime]}))`);
    // Functions are called in the order of the list, and each sees what those before it did.
    const columns = [...enter, ...calls.map((call) => call.invoke)];
    const results = await this.database.call(workspaceId, joinSql(columns, ', '), columns.length);
    calls.forEach((call, index) => call.afterCommit?.(results[enter.length + index]));
  }

  /**
   * Reads everything in a workspace as it is at one moment, whatever is written meanwhile and however long it takes. For an
   * operator's work alone: what is deleted stays on disk until it ends.
   */
  async snapshot<Result>(workspaceId: string, work: (tx: WorkspaceTransaction) => Promise<Result>): Promise<Result> {
    checked(workspaceId);
    return this.database.transact(
      `begin isolation level repeatable read, read only; ${withoutHurry}; select set_config('app.workspace_id', '${workspaceId}', true)`,
      (client, runner) => work(new WorkspaceTransaction(client, () => runner.manager, workspaceId, true)),
    );
  }

  private async reading<Result>(
    workspaceId: string,
    query: ReadStatement,
    work: (tx: WorkspaceTransaction) => Promise<Result>,
    keeps = false,
  ): Promise<Result> {
    let manager: EntityManager | null = null;
    const tx = new WorkspaceTransaction(
      { query } as Pick<PoolClient, 'query'>,
      () => (manager ??= this.database.managerOf(query)),
      workspaceId,
      true,
      keeps,
    );
    let outcome: Result;
    try {
      outcome = await work(tx);
      await tx.runBeforeCommit();
    } catch (error) {
      throw asUnavailable(error);
    }
    tx.runAfterCommit();
    return outcome;
  }

  private async transact<Result>(
    workspaceId: string,
    work: (tx: WorkspaceTransaction) => Promise<Result>,
    oneAtATime?: OneAtATime,
  ): Promise<Result> {
    checked(workspaceId);
    // The lock comes in a statement before the first read, so that what is read was written before the lock was had.
    const lock =
      oneAtATime === undefined
        ? ''
        : `; select pg_advisory_xact_lock(hashtextextended('${workspaceId}', ${String(locks[oneAtATime])}))`;
    const { outcome, tx } = await this.database.transact(
      `begin; select set_config('app.workspace_id', '${workspaceId}', true)${lock}`,
      async (client, runner) => {
        const tx = new WorkspaceTransaction(client, () => runner.manager, workspaceId, false);
        const outcome = await work(tx);
        await tx.runBeforeCommit();
        return { outcome, tx };
      },
    );
    tx.runAfterCommit();
    return outcome;
  }
}

/** Participant. Waits for the transactions of that name, as `oneAtATime` does, where only the work itself knows it has to. */
export async function waitForOthers(tx: WorkspaceTransaction, name: OneAtATime): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${tx.workspaceId}, ${locks[name]}))`);
}

// What reads or writes a file in between may leave the connection idle for long.
const withoutHurry = 'set local idle_in_transaction_session_timeout = 0; set local statement_timeout = 0';

/** Participant. Lets the transaction take as long as it takes: for an operator's work that waits for files in between. */
export async function takeAsLongAsItTakes(tx: WorkspaceTransaction): Promise<void> {
  await tx.execute(sql`select set_config('idle_in_transaction_session_timeout', '0', true)`);
}

/** Begin and set_config travel in one message, which takes no parameters: so only a checked uuid may come there. */
function checked(workspaceId: string): string {
  if (!isUuid(workspaceId)) throw new Error('A workspace transaction needs the id of a workspace.');
  return workspaceId;
}

/** The way to the tables that belong to no workspace. Under it every workspace's own table is empty. */
@Injectable()
export class SystemDatabase {
  constructor(private readonly database: Database) {}

  /** Runs work in one transaction outside every workspace. */
  async run<Result>(work: (tx: SystemTransaction) => Promise<Result>): Promise<Result> {
    const { outcome, tx } = await this.database.transact('begin', async (client, runner) => {
      const tx = new SystemTransaction(client, () => runner.manager);
      return { outcome: await work(tx), tx };
    });
    tx.runAfterCommit();
    return outcome;
  }

  /** Runs one statement by itself, in one round trip, and gives its rows. `prepared`: see `Database.single`. */
  async query<Row>(statement: Sql, options: { readonly prepared?: boolean } = {}): Promise<Row[]> {
    return (await this.database.single(statement, options)).rows as Row[];
  }

  /** The same, giving the first row or null. */
  async first<Row>(statement: Sql): Promise<Row | null> {
    return (await this.query<Row>(statement))[0] ?? null;
  }

  /** The same, giving how many rows it touched. */
  async execute(statement: Sql): Promise<number> {
    return (await this.database.single(statement)).rowCount ?? 0;
  }

  /** See Database.ownPool. */
  ownPool(size: number): ReturnType<Database['ownPool']> {
    return this.database.ownPool(size);
  }
}
