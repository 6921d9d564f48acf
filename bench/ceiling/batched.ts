import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';

/** How a batch of the ceiling is made up: "500 per transaction over 20 workspaces". */
export const perTransaction = 500;

const clients = 2;

/**
 * What Postgres itself does of the same work: the rows that an inbound message needs, in the product's own tables with
 * all their indexes and at the same durability, in one transaction for 500 messages over 20 workspaces. The statements
 * (`batched.sql`) live in a function that makes its own data, so that the client sends one word a transaction and costs
 * nothing, as pgbench would; pgbench itself does not come with the embedded Postgres.
 */
export class BatchedCeiling {
  private from = 0;

  private constructor(
    private readonly pool: readonly pg.Client[],
    private readonly workspaces: readonly string[],
  ) {}

  /** Installs the function and connects as the server's role, or as the one that `url` names. */
  static async prepare(admin: pg.Client, url: string, workspaces: readonly string[]): Promise<BatchedCeiling> {
    await admin.query(readFileSync(path.join(import.meta.dirname, 'batched.sql'), 'utf8'));
    const pool = Array.from({ length: clients }, () => new pg.Client({ connectionString: url }));
    for (const client of pool) {
      client.on('error', () => undefined);
      await client.connect();
    }
    return new BatchedCeiling(pool, workspaces);
  }

  /** Messages a second over at least this many. */
  async run(messages: number): Promise<number> {
    let left = Math.ceil(messages / perTransaction);
    const total = left * perTransaction;
    const each = perTransaction / this.workspaces.length;
    const since = performance.now();
    await Promise.all(
      this.pool.map(async (client) => {
        while (left > 0) {
          left -= 1;
          this.from += each;
          const { rows } = await client.query<{ stored: string }>({
            name: 'batch',
            text: 'select bench_store($1::uuid[], $2::int, $3::bigint) as stored',
            values: [this.workspaces, each, this.from],
          });
          if (Number(rows[0]?.stored) !== perTransaction)
            throw new Error(`The ceiling stored ${String(rows[0]?.stored)} of ${String(perTransaction)} messages.`);
        }
      }),
    );
    return total / ((performance.now() - since) / 1_000);
  }

  async stop(): Promise<void> {
    for (const client of this.pool) await client.end();
  }
}
