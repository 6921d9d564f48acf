import pg from 'pg';

/**
 * One connection as the owner of the tables, for what is done with all of them at once: backups, and the nightly maintenance. What
 * the server does otherwise is done without.
 */
export class OwnerConnection {
  private constructor(
    /** For the room of the database alone. */
    readonly client: pg.Client,
  ) {}

  static async open(url: string, name = 'parley-backup'): Promise<OwnerConnection> {
    const client = new pg.Client({
      connectionString: url,
      application_name: name,
      connectionTimeoutMillis: 10_000,
    });
    // A connection that is cut fails the statement that waits on it.
    client.on('error', () => undefined);
    await client.connect();
    // One table is read by one process in the order of its pages; a statement takes as long as it takes.
    await client.query(
      'set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set max_parallel_workers_per_gather = 0',
    );
    return new OwnerConnection(client);
  }

  /** Runs one statement that has no value in its text; gives its rows. */
  async query<Row = Record<string, unknown>>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const { rows } = await this.client.query(text, [...values]);
    return rows as Row[];
  }

  /** Runs work in one transaction that begins so. */
  async transaction<Result>(begin: string, work: () => Promise<Result>): Promise<Result> {
    await this.client.query(begin);
    try {
      const outcome = await work();
      await this.client.query('commit');
      return outcome;
    } catch (error) {
      await this.client.query('rollback').catch(() => undefined);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }
}
