import pg, { type QueryConfig, type QueryResult } from 'pg';

/** What a query is told by its connection, which the driver's types leave out. */
interface Wire {
  bind(config: { readonly statement: string; readonly values: readonly unknown[] }): void;
  execute(config: object): void;
}
interface WireQuery {
  prepare(connection: Wire): void;
  requiresPreparation(): boolean;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Wire): void;
}
const Query = pg.Query as unknown as new (config: QueryConfig) => WireQuery;

const entering = {
  name: 'parley_enter',
  text: `select set_config('app.workspace_id', $1, true), set_config('transaction_read_only', 'on', true)`,
} as const;

/** Every connection that takes scoped reads has to be prepared for them, once. */
export async function prepareForScopedReads(client: pg.ClientBase): Promise<void> {
  await client.query({ ...entering, values: [''] });
}

/**
 * A statement that reads in one workspace: a transaction of its own, which enters the workspace first, may write nothing,
 * and travels in one message. When entering fails Postgres skips the statement, so it never runs anywhere else.
 */
class ScopedRead extends Query {
  private entered = false;

  constructor(
    private readonly workspaceId: string,
    config: QueryConfig,
  ) {
    super(config);
  }

  override requiresPreparation(): boolean {
    return true;
  }

  override prepare(connection: Wire): void {
    connection.bind({ statement: entering.name, values: [this.workspaceId] });
    connection.execute({});
    super.prepare(connection);
  }

  override handleDataRow(message: unknown): void {
    if (this.entered) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: Wire): void {
    if (this.entered) super.handleCommandComplete(message, connection);
    else this.entered = true;
  }
}

/** Gives a scoped read to a connection, and what came of it. */
export function runScopedRead(client: pg.ClientBase, workspaceId: string, config: QueryConfig): Promise<QueryResult> {
  return new Promise((resolve, reject) => {
    const read = new ScopedRead(workspaceId, config) as unknown as pg.Submittable & {
      callback: (error: Error | null, result: QueryResult) => void;
    };
    read.callback = (error, result) => {
      if (error === null) resolve(result);
      else reject(error);
    };
    client.query(read);
  });
}
