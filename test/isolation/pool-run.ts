import { DomainError, ErrorCode } from '../../src/platform/errors/index.js';
import pg from 'pg';
import {
  SystemDatabase,
  Workspaces,
  type WorkspaceTransaction,
  newId,
  sql,
} from '../../src/platform/database/index.js';
import { Database } from '../../src/platform/database/database.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { seeded } from '../support/inbox.js';

const atOnce = 8;

class Thrown extends Error {}

/** How often an operation ended how. */
interface Outcomes {
  done: number;
  outside: number;
  thrown: number;
  refused: number;
  cancelled: number;
  late: number;
  ended: number;
}

/** Two connections for three workspaces, each of which has one row to be recognised by. */
export class PoolUnderTest {
  readonly ids = [newId(), newId(), newId()];

  private constructor(
    private readonly database: TestDatabase,
    private readonly connections: Database,
    readonly workspaces: Workspaces,
    readonly system: SystemDatabase,
  ) {}

  static async start(): Promise<PoolUnderTest> {
    const database = await createTestDatabase();
    const connections = await Database.connect(database.appUrl, 2);
    const pool = new PoolUnderTest(database, connections, new Workspaces(connections), new SystemDatabase(connections));
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    for (const id of pool.ids) {
      await owner.query(`insert into workspaces (id, name) values ($1, 'one')`, [id]);
      await owner.query(
        `insert into canned_responses (workspace_id, id, shortcut, text) values ($1, $2, 'hi', 'Hello')`,
        [id, newId()],
      );
    }
    await owner.end();
    return pool;
  }

  async stop(): Promise<void> {
    await this.connections.close();
    await this.database.drop();
  }

  /** Whose rows a transaction sees, in one statement. */
  async seen(tx: Pick<WorkspaceTransaction, 'query'>): Promise<string[]> {
    return (await tx.query<{ id: string }>(sql`select workspace_id as id from canned_responses`)).map((row) => row.id);
  }

  /**
   * Runs operations of all workspaces through one another, a part of which throws, is refused, is cancelled, takes too long
   * or loses its connection. Gives what was seen that was not the own row, and how the operations ended.
   */
  async run(operations: number, seed: number): Promise<{ wrong: string[]; outcomes: Outcomes }> {
    const random = seeded(seed);
    const wrong: string[] = [];
    const outcomes: Outcomes = { done: 0, outside: 0, thrown: 0, refused: 0, cancelled: 0, late: 0, ended: 0 };
    let left = operations;
    const lane = async () => {
      while (left > 0) {
        left -= 1;
        const kind = random();
        const id = this.ids[Math.floor(random() * this.ids.length)] ?? '';
        outcomes[await this.operation(kind, id, wrong).catch(outcomeOf)] += 1;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
    return { wrong, outcomes };
  }

  /** One operation, after which the connection goes back to the pool in one of several states. */
  private async operation(kind: number, id: string, wrong: string[]): Promise<keyof Outcomes> {
    const check = (expected: readonly string[], found: readonly string[]) => {
      if (found.length !== expected.length || found.some((one, index) => one !== expected[index]))
        wrong.push(`expected ${expected.join()}, saw ${found.join()}`);
    };
    const { workspaces } = this;
    // The same operation goes now by connections of its own, now by those that are shared while they are at work.
    const shared = Math.floor(kind * 1e6) % 2 === 0;
    const read = <Result>(work: (tx: WorkspaceTransaction) => Promise<Result>) =>
      shared ? workspaces.readTogether(id, work) : workspaces.read(id, work);
    if (kind < 0.5) {
      check([id], await read(this.seen));
    } else if (kind < 0.55) {
      for (const found of await read((tx) => Promise.all([this.seen(tx), this.seen(tx)]))) check([id], found);
    } else if (kind < 0.6) {
      let entered: unknown = null;
      const invoke = sql`current_setting('app.workspace_id', true)`;
      await workspaces.call(id, [{ invoke, afterCommit: (result) => (entered = result) }]);
      check([id], [String(entered)]);
    } else if (kind < 0.75) {
      await workspaces.run(id, async (tx) => {
        if ((await tx.execute(sql`update canned_responses set text = ${id}`)) !== 1) wrong.push(`${id} changed more`);
        check([id], await this.seen(tx));
      });
    } else if (kind < 0.82) {
      check([], await this.system.run(this.seen));
      return 'outside';
    } else if (kind < 0.88) {
      await workspaces.run(id, async (tx) => {
        check([id], await this.seen(tx));
        throw new Thrown();
      });
    } else if (kind < 0.91) {
      await workspaces.run(id, (tx) => tx.query(sql`select 1 / 0`));
    } else if (kind < 0.925) {
      await read((tx) => tx.query(sql`select 1 / 0`));
    } else if (kind < 0.935) {
      await workspaces.call(id, [{ invoke: sql`1 / (length(current_setting('app.workspace_id')) - 36)` }]);
    } else if (kind < 0.95) {
      await read((tx) => tx.execute(sql`update canned_responses set text = 'written while reading'`));
      wrong.push(`${id} was written while reading`);
    } else if (kind < 0.96) {
      await read((tx) => tx.query(sql`select pg_cancel_backend(pg_backend_pid()), pg_sleep(1)`));
    } else if (kind < 0.9605) {
      await read((tx) => tx.query(sql`select pg_terminate_backend(pg_backend_pid()), pg_sleep(1)`));
    } else if (kind < 0.997) {
      await workspaces.run(id, (tx) => tx.query(sql`select pg_cancel_backend(pg_backend_pid()), pg_sleep(1)`));
    } else if (kind < 0.9985) {
      await workspaces.run(id, async (tx) => {
        check([id], await this.seen(tx));
        await tx.query(sql`set local statement_timeout = 1`);
        await tx.query(sql`select pg_sleep(1)`);
      });
    } else {
      await workspaces.run(id, (tx) => tx.query(sql`select pg_terminate_backend(pg_backend_pid()), pg_sleep(1)`));
    }
    return 'done';
  }
}

function outcomeOf(error: unknown): keyof Outcomes {
  // What only asks to come again is told as UNAVAILABLE; behind it stands what Postgres said.
  const said = error instanceof DomainError && error.code === ErrorCode.UNAVAILABLE ? error.cause : error;
  const { code, message } = said as { code?: string; message?: string };
  if (error instanceof Thrown) return 'thrown';
  // A division by nothing, and a change where only reading is allowed.
  if (code === '22012' || code === '25006') return 'refused';
  if (code === '57014') return message?.includes('statement timeout') === true ? 'late' : 'cancelled';
  if (said !== error) return 'ended';
  throw error;
}
