import type { OwnerConnection } from './owner-connection.js';

/** The name of a segment: the timeline, then the place. */
const segment = `name ~ '^[0-9A-F]{24}$'`;

/**
 * The log of what Postgres writes (WAL). A segment that is not needed any more is kept under a later name to be written over,
 * with all that it holds; so each is written over here. Needs `pg_checkpoint`, `pg_switch_wal()` and `pg_ls_waldir()`.
 */
export class WrittenLog {
  constructor(private readonly owner: OwnerConnection) {}

  /** Whether it is ours to clear; where Postgres is somebody else's, it is not. */
  async mayClear(): Promise<boolean> {
    const [row] = await this.owner.query<{ may: boolean }>(`
      select pg_has_role('pg_checkpoint', 'usage') and has_function_privilege('pg_switch_wal()', 'execute')
             and has_function_privilege('pg_ls_waldir()', 'execute') as may`);
    return row?.may === true;
  }

  /** Has nothing of what was written until now stay in it. Gives how many segments of that time are still there, and why. */
  async clear(): Promise<{ readonly older: number; readonly keptBy: readonly string[] }> {
    const now = await this.current();
    await this.next();
    await this.owner.query('checkpoint');
    const last = await this.last();
    while ((await this.current()) <= last) await this.next();
    await this.owner.query('checkpoint');
    const [left] = await this.owner.query<{ older: number }>(
      `select count(*)::int as older from pg_ls_waldir() where ${segment} and name <= $1`,
      [now],
    );
    const older = left?.older ?? 0;
    return { older, keptBy: older === 0 ? [] : await this.keepers() };
  }

  private async current(): Promise<string> {
    const [row] = await this.owner.query<{ name: string }>(
      'select pg_walfile_name(pg_current_wal_insert_lsn()) as name',
    );
    return row?.name ?? '';
  }

  private async last(): Promise<string> {
    const [row] = await this.owner.query<{ name: string }>(
      `select max(name) as name from pg_ls_waldir() where ${segment}`,
    );
    return row?.name ?? '';
  }

  /** Fills the segment with zeros to its end. One in which nothing was written yet would be left as it is. */
  private async next(): Promise<void> {
    await this.owner.query(
      `insert into residue (place, tried_at) values ('log', now()) on conflict (place) do update set tried_at = now()`,
    );
    await this.owner.query('select pg_switch_wal()');
  }

  private async keepers(): Promise<string[]> {
    const slots = await this.owner.query<{ name: string }>(
      'select slot_name::text as name from pg_replication_slots where restart_lsn is not null order by 1',
    );
    return slots.map((slot) => `the replication slot ${slot.name}`);
  }
}
