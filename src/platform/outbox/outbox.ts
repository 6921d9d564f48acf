import { Injectable } from '@nestjs/common';
import { type Call, type Sql, type SystemTransaction, type WorkspaceTransaction, sql } from '../database/index.js';
import { Hints } from './hints.js';

interface DueRow {
  readonly kind: string;
  readonly rowId: string;
  readonly at: Date | null;
  /** Instead of a time: so long from now, by the database's clock. */
  readonly afterSeconds: number;
  /** Whether a later time that it waits for already stays. */
  readonly behind: boolean;
}

/** Stands in `due` where work belongs to no workspace. No workspace has this id. */
export const noWorkspace = '00000000-0000-0000-0000-000000000000';

/**
 * Work that follows from a transaction. What is scheduled is one row of `due`, committed with the data it follows from;
 * a worker registered for its kind runs it once it is due, at least once, one at a time for each (kind, row). Scheduling
 * the same work again while it waits moves its time; while it runs, it will run once more.
 */
@Injectable()
export class Outbox {
  private readonly collected = new WeakMap<WorkspaceTransaction, DueRow[]>();

  constructor(private readonly hints: Hints) {}

  /** Schedules work on a row, at once or for a time. */
  schedule(tx: WorkspaceTransaction, kind: string, rowId: string, at: Date | null = null): void {
    this.collect(tx, { kind, rowId, at, afterSeconds: 0, behind: false });
  }

  /** Schedules work on a row for so many seconds from now. */
  scheduleAfter(tx: WorkspaceTransaction, kind: string, rowId: string, seconds: number): void {
    this.collect(tx, { kind, rowId, at: null, afterSeconds: seconds, behind: false });
  }

  /** Schedules work on a row at once, or, where it waits for a later time already, leaves it waiting. */
  scheduleBehind(tx: WorkspaceTransaction, kind: string, rowId: string): void {
    this.collect(tx, { kind, rowId, at: null, afterSeconds: 0, behind: true });
  }

  /** Schedules work on a row that belongs to no workspace, at once; its worker gets `noWorkspace`. */
  async scheduleForInstance(tx: WorkspaceTransaction | SystemTransaction, kind: string, rowId: string): Promise<void> {
    await tx.execute(sql`
      insert into due as waiting (kind, workspace_id, row_id, due_at) values (${kind}, ${noWorkspace}, ${rowId}, now())
      on conflict (kind, workspace_id, row_id) do update
         set due_at = excluded.due_at, generation = waiting.generation + 1, attempts = 0, set_aside_at = null, reason = null`);
    tx.afterCommit(() => this.hints.give(kind, noWorkspace, rowId));
  }

  /** Takes back work on rows that has not begun. */
  async cancel(tx: WorkspaceTransaction, kind: string, ...rowIds: readonly string[]): Promise<void> {
    await tx.execute(sql`
      delete from due where kind = ${kind} and workspace_id = ${tx.workspaceId} and row_id = any (${rowIds}::uuid[])
         and (leased_until is null or leased_until < now())`);
  }

  private collect(tx: WorkspaceTransaction, row: DueRow): void {
    const waiting = this.collected.get(tx);
    if (waiting !== undefined) {
      waiting.push(row);
      return;
    }
    this.collected.set(tx, [row]);
    tx.beforeCommit(() => this.write(tx));
  }

  /** Work that is due at once as a call, for a transaction that is nothing but calls. */
  callFor(workspaceId: string, work: readonly { readonly kind: string; readonly rowId: string }[]): Call {
    return this.callForRows(
      workspaceId,
      work.map((one) => ({ ...one, at: null, afterSeconds: 0, behind: false })),
    );
  }

  private callForRows(workspaceId: string, rows: readonly DueRow[]): Call {
    // One row each, in a fixed order: two transactions that schedule the same rows cannot lock each other out.
    const unique = new Map(rows.map((row) => [`${row.kind} ${row.rowId}`, row]));
    const ordered = [...unique.keys()]
      .sort()
      .map((key) => unique.get(key))
      .filter((row) => row !== undefined);
    const behind = ordered.filter((row) => row.behind).map((row) => `${row.kind}${row.rowId}`);
    return {
      invoke: sql`schedule_work(${ordered.map((row) => row.kind)}::text[], ${ordered.map((row) => row.rowId)}::uuid[],
                                ${timesOf(ordered)}, ${behind}::text[])`,
      afterCommit: () => {
        for (const row of ordered) {
          if (row.afterSeconds === 0 && (row.at === null || row.at.getTime() <= Date.now()))
            this.hints.give(row.kind, workspaceId, row.rowId);
        }
      },
    };
  }

  private async write(tx: WorkspaceTransaction): Promise<void> {
    const rows = this.collected.get(tx) ?? [];
    this.collected.delete(tx);
    await tx.call(this.callForRows(tx.workspaceId, rows));
  }
}

/** When each is due; null is now. A wait is a length here, which becomes a time by the database's clock. */
function timesOf(rows: readonly DueRow[]): Sql {
  const times = sql`${rows.map((row) => row.at)}::timestamptz[]`;
  if (rows.every((row) => row.afterSeconds === 0)) return times;
  return sql`array(select coalesce(work.at, now() + make_interval(secs => work.seconds))
                     from unnest(${times}, ${rows.map((row) => row.afterSeconds)}::float8[]) with ordinality as work (at, seconds, n)
                    order by work.n)`;
}
