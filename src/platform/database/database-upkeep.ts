import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { OwnerConnection } from './owner-connection.js';
import { WrittenLog } from './written-log.js';

const name = (text: string) => pg.escapeIdentifier(text);

/** A table or partition that has a file of its own. */
interface StoredFile {
  readonly name: string;
  /** With its indexes. */
  readonly bytes: number;
}

/** What became of a rewrite, and for how long nobody else could use the table. */
export type Rewritten =
  | { readonly outcome: 'done'; readonly seconds: number }
  /** Somebody used it each time; or it would have been closed for longer than allowed; or it is not there any more. */
  | { readonly outcome: 'busy' | 'too long' | 'gone' };

/** Who asks for a table that is being waited for waits too, so the wait is short, and tried again. */
const waitForTable = 1_500;
const tries = 6;
const pauseMilliseconds = 1_000;
const analyzeSeconds = 900;

/**
 * What the owner of the tables does to their files so that nothing of deleted rows stays in them. Postgres leaves the bytes of
 * a row in its page until another row takes their place, VACUUM or not; only a file that is written anew is without them.
 */
export class DatabaseUpkeep {
  private constructor(private readonly owner: OwnerConnection) {}

  /** Null while another process does the same. */
  static async open(ownerUrl: string): Promise<DatabaseUpkeep | null> {
    const owner = await OwnerConnection.open(ownerUrl, 'parley-maintenance');
    // A lock of the session: it ends with the process that had it.
    const [row] = await owner.query<{ had: boolean }>(
      `select pg_try_advisory_lock(hashtextextended('parley.maintenance', 0)) as had`,
    );
    if (row?.had === true) {
      // Fewer passes over what is sorted for an index: the table is free again sooner.
      await owner.query(`set maintenance_work_mem = '256MB'`);
      return new DatabaseUpkeep(owner);
    }
    await owner.close();
    return null;
  }

  close(): Promise<void> {
    return this.owner.close();
  }

  /** All files of tables, the small ones first. */
  async files(): Promise<StoredFile[]> {
    const rows = await this.owner.query<{ name: string; bytes: string }>(`
      select relname as name, pg_total_relation_size(oid) as bytes from pg_class
       where relnamespace = 'public'::regnamespace and relkind = 'r' order by 2, 1`);
    return rows.map((row) => ({ ...row, bytes: Number(row.bytes) }));
  }

  /**
   * Waits until nobody sees the past any more: a rewrite keeps deleted rows that an open transaction could still ask for. False
   * where one stayed open for so long. Building an index beside the work waits for just that, and needs no right but the owner's.
   */
  async waitForOpenTransactions(seconds: number): Promise<boolean> {
    // Whoever kept the last wait from its end is still there.
    if (!(await this.dropUnfinishedIndexes())) return false;
    await this.limit(0, seconds * 1_000);
    try {
      await this.owner.query('reindex index concurrently public.residue_pkey');
      return true;
    } catch (error) {
      if (codeOf(error) !== cancelled) throw error;
      await this.dropUnfinishedIndexes();
      return false;
    }
  }

  /** Writes the files of a table and its indexes anew. Meanwhile nobody can use it: for no longer than allowed. */
  async rewrite(table: string, lockSeconds: number): Promise<Rewritten> {
    for (let tried = 1; ; tried += 1) {
      const began = performance.now();
      await this.limit(waitForTable, 1_000 * lockSeconds + waitForTable);
      try {
        await this.owner.query(`vacuum (full) ${table.includes('.') ? table : `public.${name(table)}`}`);
        return { outcome: 'done', seconds: (performance.now() - began) / 1_000 };
      } catch (error) {
        if (codeOf(error) === cancelled) return { outcome: 'too long' };
        if (codeOf(error) === undefinedTable) return { outcome: 'gone' };
        if (codeOf(error) !== lockNotAvailable) throw error;
        if (tried === tries) return { outcome: 'busy' };
      }
      await sleep(tried * pauseMilliseconds);
    }
  }

  /**
   * Has the planner forget values that are gone, and writes the file anew in which it kept them. Gives what stands in the way
   * where that is not ours to change.
   */
  async statistics(lockSeconds: number, waitSeconds: number): Promise<Rewritten | { readonly elsewhere: string }> {
    const [owned] = await this.owner.query<{ is: boolean; version: number }>(`
      select pg_has_role(datdba, 'usage') as is, current_setting('server_version_num')::int as version
        from pg_database where datname = current_database()`);
    if (owned?.is !== true)
      return { elsewhere: 'Only the owner of the database may rewrite its statistics: make the tables’ owner that.' };
    const began = performance.now();
    await this.limit(0, analyzeSeconds * 1_000);
    await this.owner.query('analyze');
    if (owned.version >= clearsStatistics) await this.forgetEmptyTables();
    if (!(await this.waitForOpenTransactions(waitSeconds))) return { outcome: 'busy' };
    for (const table of ['pg_catalog.pg_statistic', 'pg_catalog.pg_statistic_ext_data']) {
      const done = await this.rewrite(table, lockSeconds);
      if (done.outcome !== 'done') return done;
    }
    return { outcome: 'done', seconds: (performance.now() - began) / 1_000 };
  }

  /** The log of what was written. */
  get log(): WrittenLog {
    return new WrittenLog(this.owner);
  }

  /** ANALYZE leaves what it knew of a table as it was where the table has no row any more. */
  private async forgetEmptyTables(): Promise<void> {
    const tables = await this.owner.query<{ name: string; inherited: boolean }>(`
      select relname as name, relkind = 'p' as inherited from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`);
    for (const { name: table, inherited } of tables) {
      const [row] = await this.owner.query(`select from public.${name(table)} limit 1`);
      if (row !== undefined) continue;
      await this.owner.query(
        `select pg_clear_attribute_stats('public', c.relname, a.attname, $2)
           from pg_class t left join pg_index i on i.indrelid = t.oid join pg_class c on c.oid in (t.oid, i.indexrelid)
           join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          where t.relnamespace = 'public'::regnamespace and t.relname = $1 and c.relkind in ('r', 'p', 'i')`,
        [table, inherited],
      );
    }
  }

  /** What a wait that was cut off left behind; false where somebody uses the table. */
  private async dropUnfinishedIndexes(): Promise<boolean> {
    await this.limit(waitForTable, 60_000);
    const unfinished = await this.owner.query<{ name: string }>(`
      select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
       where i.indrelid = 'public.residue'::regclass and not i.indisvalid`);
    try {
      for (const index of unfinished) await this.owner.query(`drop index if exists public.${name(index.name)}`);
      return true;
    } catch (error) {
      if (codeOf(error) !== lockNotAvailable) throw error;
      return false;
    }
  }

  private async limit(lockMilliseconds: number, statementMilliseconds: number): Promise<void> {
    await this.owner.query(
      `select set_config('lock_timeout', $1, false), set_config('statement_timeout', $2, false)`,
      [lockMilliseconds, statementMilliseconds].map((time) => String(Math.round(time))),
    );
  }
}

const cancelled = '57014';
const lockNotAvailable = '55P03';
const undefinedTable = '42P01';
/** Since this release single statistics can be cleared by the table's owner. */
const clearsStatistics = 180_000;

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown }).code;
}
