import { readFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { customerNumber } from '../load/webhooks.js';
import type { BenchContext } from '../report/bench.js';
import { type SeededWorkspace, seedWorkspaces } from '../ingest/seed-workspaces.js';

/** "500 per transaction over 20 workspaces": how a batch of the ceiling is made up. */
const perTransaction = 500;
const workspacesPerClient = 20;
const clients = 2;
/** How many workspaces the ceiling needs: each client has its own, or they would wait for each other's counters. */
export const ceilingWorkspaces = workspacesPerClient * clients;

interface Lane {
  readonly client: pg.Client;
  readonly workspaces: readonly SeededWorkspace[];
  readonly firsts: readonly string[];
  from: number;
}

/**
 * What Postgres itself does of the same work: the rows that an inbound message needs, in the product's own tables with
 * all their indexes and at the same durability, in one transaction for 500 messages over 20 workspaces. The statements
 * (`batched.sql`) live in a function that makes its own data, so that the client sends one word a transaction and costs
 * nothing, as pgbench would; pgbench itself does not come with the embedded Postgres.
 */
export class BatchedCeiling {
  private constructor(
    private readonly lanes: readonly Lane[],
    private readonly customers: number,
  ) {}

  /** Installs the function in a database of the bench and connects as the role that `url` names. */
  static async prepare(
    { machine }: BenchContext,
    admin: pg.Client,
    url: string,
    seeded: { readonly workspaces: readonly SeededWorkspace[]; readonly customers: number },
  ): Promise<BatchedCeiling> {
    await admin.query(readFileSync(path.join(import.meta.dirname, 'batched.sql'), 'utf8'));
    const lanes: Lane[] = [];
    for (let number = 0; number < clients; number += 1) {
      const first = number * workspacesPerClient;
      const workspaces = seeded.workspaces.slice(first, first + workspacesPerClient);
      if (workspaces.length < workspacesPerClient) throw new Error('The ceiling has too few workspaces.');
      const firsts = workspaces.map((_, index) => customerNumber(first + index, 0));
      lanes.push({ client: await machine.client(url), workspaces, firsts, from: 0 });
    }
    return new BatchedCeiling(lanes, seeded.customers);
  }

  /** A database of its own with what it needs. */
  static async alone(
    context: BenchContext,
    change: (admin: pg.Client) => Promise<unknown> = () => Promise.resolve(),
  ): Promise<BatchedCeiling> {
    const database = await context.machine.database();
    const admin = await context.machine.admin(database);
    const counts = { workspaces: ceilingWorkspaces, customers: 500 };
    const workspaces = await seedWorkspaces(admin, counts);
    await change(admin);
    return BatchedCeiling.prepare(context, admin, database.appUrl, { workspaces, customers: counts.customers });
  }

  /** Messages a second over at least this many. */
  async run(messages: number): Promise<number> {
    let left = Math.ceil(messages / perTransaction);
    const total = left * perTransaction;
    const each = perTransaction / workspacesPerClient;
    const since = performance.now();
    await Promise.all(
      this.lanes.map(async (lane) => {
        while (left > 0) {
          left -= 1;
          lane.from += each;
          const { rows } = await lane.client.query<{ stored: string }>({
            name: 'batch',
            text: 'select bench_store($1::uuid[], $2::uuid[], $3::bigint[], $4, $5, $6) as stored',
            values: [
              lane.workspaces.map(({ id }) => id),
              lane.workspaces.map(({ channelId }) => channelId),
              lane.firsts,
              this.customers,
              each,
              lane.from,
            ],
          });
          if (Number(rows[0]?.stored) !== perTransaction)
            throw new Error(`The ceiling stored ${String(rows[0]?.stored)} of ${String(perTransaction)} messages.`);
        }
      }),
    );
    return total / ((performance.now() - since) / 1_000);
  }
}
