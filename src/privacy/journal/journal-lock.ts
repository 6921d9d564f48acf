import { type Sql, type SystemDatabase, sql } from '../../platform/database/index.js';
import { type JournalPosition, beginning } from './journal-entry.js';

const head = sql`select seq::text, hash from journal_heads where journal = 'erasure'`;

/**
 * One writer at a time, over all processes: a lock of Postgres, on a connection of its own, for whoever appends holds one
 * from the common pool already. Under it stands how far the journal was written, so that a journal that was cut off or
 * mislaid is noticed by the next who writes.
 */
export class JournalLock {
  private readonly pool: ReturnType<SystemDatabase['ownPool']>;

  constructor(private readonly system: SystemDatabase) {
    this.pool = system.ownPool(1);
  }

  /** How far the journal was written. */
  async known(): Promise<JournalPosition> {
    const row = await this.system.first<{ seq: string; hash: string }>(head);
    return row === null ? beginning : { seq: Number(row.seq), hash: row.hash };
  }

  async hold<Result>(
    work: (known: JournalPosition) => Promise<{ result: Result; head: JournalPosition }>,
  ): Promise<Result> {
    const client = await this.pool.connect();
    const run = (statement: Sql) =>
      client.query<{ seq: string; hash: string }>({ text: statement.text, values: [...statement.values] });
    let failed = true;
    try {
      await client.query('begin');
      await run(sql`select pg_advisory_xact_lock(hashtextextended('erasure_journal', 0))`);
      const row = (await run(head)).rows[0];
      const { result, head: end } = await work(
        row === undefined ? beginning : { seq: Number(row.seq), hash: row.hash },
      );
      await run(sql`
        insert into journal_heads (journal, seq, hash) values ('erasure', ${end.seq}, ${end.hash})
        on conflict (journal) do update set seq = excluded.seq, hash = excluded.hash`);
      await client.query('commit');
      failed = false;
      return result;
    } finally {
      // A connection that failed is not asked again; the lock ends with it.
      client.release(failed);
    }
  }

  close(): Promise<void> {
    return this.pool.end();
  }
}
