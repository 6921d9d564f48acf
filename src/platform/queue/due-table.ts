import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SystemDatabase, sql } from '../database/index.js';
import { type Again, type Worker, backoffSeconds, maxAttempts } from './worker.js';

/** A job taken for one run: nobody else runs it until the lease ends. */
export interface Claim {
  readonly kind: string;
  readonly workspaceId: string;
  readonly rowId: string;
  readonly attempt: number;
  readonly generation: number;
  readonly lease: string;
}

/** Seconds that a claim holds by itself. A run that goes on renews it, so a process that died is missed soon. */
const leaseSeconds = 15;

/** The table `due`: the truth about what is to be done and when, by the database's clock. */
@Injectable()
export class DueTable {
  constructor(private readonly system: SystemDatabase) {}

  /** Takes one job, if it is due and free. A job that was taken too often without an end is set aside here. */
  async claim(worker: Worker, workspaceId: string, rowId: string): Promise<Claim | null> {
    const lease = randomUUID();
    const row = await this.system.first<{ attempts: number; generation: number }>(sql`
        update due set lease = ${lease}, leased_until = now() + make_interval(secs => ${leaseSeconds}), attempts = attempts + 1
         where kind = ${worker.kind} and workspace_id = ${workspaceId} and row_id = ${rowId} and due_at <= now()
           and set_aside_at is null and (leased_until is null or leased_until < now())
        returning attempts, generation`);
    if (row === null) return null;
    const claim = { kind: worker.kind, workspaceId, rowId, attempt: row.attempts, generation: row.generation, lease };
    if (row.attempts <= maxAttempts) return claim;
    await this.setAside(claim, 'it ended the process, or never ended, each time it ran');
    return null;
  }

  /** Holds on to the claims of runs that go on. */
  async renew(leases: readonly string[]): Promise<void> {
    await this.system.execute(sql`
        update due set leased_until = now() + make_interval(secs => ${leaseSeconds}) where lease = any (${leases}) and leased_until > now()`);
  }

  /** The job is done: its row goes. False where it was scheduled once more meanwhile and waits again. */
  async complete(claim: Claim): Promise<boolean> {
    const gone = await this.system.execute(sql`
      delete from due where ${ours(claim)} and generation = ${claim.generation}`);
    if (gone > 0) return true;
    await this.system.execute(sql`update due set lease = null, leased_until = null, attempts = 0 where ${ours(claim)}`);
    return false;
  }

  /** The job wants to run again, not because it failed. */
  async postpone(claim: Claim, again: Again): Promise<void> {
    const at = 'againAt' in again ? sql`${again.againAt}` : sql`now() + make_interval(secs => ${again.afterSeconds})`;
    await this.system.execute(sql`
        update due set due_at = case when generation = ${claim.generation} then ${at} else due_at end,
                       lease = null, leased_until = null, attempts = 0
         where ${ours(claim)}`);
  }

  /** The job failed: later again, or aside after the last try. Gives whether it was set aside. */
  async fail(claim: Claim, reason: string): Promise<boolean> {
    if (claim.attempt >= maxAttempts) {
      await this.setAside(claim, reason);
      return true;
    }
    await this.system.execute(sql`
        update due set due_at = now() + make_interval(secs => ${backoffSeconds(claim.attempt)}), lease = null, leased_until = null,
                       reason = ${reason}
         where ${ours(claim)}`);
    return false;
  }

  /** The rows of one workspace that are due and free, the oldest first. */
  async dueOf(kind: string, workspaceId: string, limit: number): Promise<string[]> {
    const rows = await this.system.query<{ rowId: string }>(sql`
        select row_id as "rowId" from due
         where kind = ${kind} and workspace_id = ${workspaceId} and due_at <= now() and set_aside_at is null
           and (leased_until is null or leased_until < now())
         order by due_at limit ${limit}`);
    return rows.map(({ rowId }) => rowId);
  }

  /**
   * Jobs that are due and free, the oldest first, of the kinds given: of one workspace and kind no more than `limitOfOne`, so
   * that a long row of one hides no other. `late` where they have been due for so many seconds.
   */
  async overdue(
    kinds: readonly string[],
    limit: number,
    limitOfOne: number,
    lateSeconds: number,
  ): Promise<{ kind: string; workspaceId: string; rowId: string; late: boolean }[]> {
    return this.system.query(sql`
        select kind, workspace_id as "workspaceId", row_id as "rowId", due_at < now() - make_interval(secs => ${lateSeconds}) as late
          from (select kind, workspace_id, row_id, due_at, row_number() over (partition by kind, workspace_id order by due_at) as place
                  from due
                 where due_at <= now() and set_aside_at is null and kind = any (${kinds}) and (leased_until is null or leased_until < now())) waiting
         where place <= ${limitOfOne}
         order by due_at limit ${limit}`);
  }

  /** How much waits, and how long the oldest has; for metrics. */
  async backlog(): Promise<{ kind: string; waiting: number; setAside: number; oldestSeconds: number }[]> {
    return this.system.query(sql`
        select kind, count(*) filter (where set_aside_at is null and due_at <= now())::int as waiting,
               count(*) filter (where set_aside_at is not null)::int as "setAside",
               coalesce(extract(epoch from now() - min(due_at) filter (where set_aside_at is null and due_at <= now())), 0)::float8 as "oldestSeconds"
          from due group by kind order by kind`);
  }

  private async setAside(claim: Claim, reason: string): Promise<void> {
    await this.system.execute(sql`
        update due set set_aside_at = now(), reason = ${reason}, lease = null, leased_until = null where ${ours(claim)}`);
  }
}

function ours(claim: Claim) {
  return sql`kind = ${claim.kind} and workspace_id = ${claim.workspaceId} and row_id = ${claim.rowId} and lease = ${claim.lease}`;
}
