import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter } from 'prom-client';
import { AuditHeads } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { FileStore } from '../../platform/files/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { WorkspaceErased } from '../accounts.events.js';
import { Farewells } from './farewells.js';
import { tablesToErase } from './tables-to-erase.js';
import { WorkspaceDeletions } from './workspace-deletions.js';

const erasedRows = new Counter({
  name: 'parley_erased_rows_total',
  help: 'Rows of deleted workspaces that were erased.',
});

/** Rows of one transaction: some 50 ms, so that nobody waits long behind it. */
const batch = 5_000;
/** Of the time a batch took, how much it then leaves to the others. */
const rest = 0.1;
/** After so long the job goes back into the queue, so that it never counts as one that does not end. */
const turnSeconds = 30;

interface Batch {
  readonly erased: number;
  readonly last: readonly string[] | null;
}

/**
 * Erases a deleted workspace: every table that the catalog knows, each before those that it refers to, in bounded batches,
 * then its files, then the workspace itself. What is erased is counted in the transaction that erases it. Killed at any
 * point it begins at the first table again and finds what is left.
 */
@Injectable()
export class DeleteWorkspaceWorker implements Worker, OnModuleInit {
  readonly kind = 'delete-workspace';
  readonly concurrency = 1;
  readonly maxSeconds = 300;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly deletions: WorkspaceDeletions,
    private readonly farewells: Farewells,
    private readonly files: FileStore,
    private readonly heads: AuditHeads,
    private readonly facts: Facts,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run(job: Job): Promise<Again | undefined> {
    const { workspaceId } = job;
    const deletion = await this.deletions.byId(job.rowId);
    if (deletion === null || deletion.completedAt !== null) return undefined;
    const until = performance.now() + 1_000 * turnSeconds;
    const more = () => !job.signal.aborted && performance.now() < until;
    const tables = await this.workspaces.read(workspaceId, tablesToErase);
    const kept = this.farewells.tables;
    await this.workspaces.run(workspaceId, (tx) => this.dropWork(tx));
    if (!(await this.erase(workspaceId, without(tables, kept), more))) return { afterSeconds: 0 };
    // What still runs for it could write once more; what still has to be said elsewhere reads what was kept.
    if (await this.workspaces.run(workspaceId, (tx) => this.hasWork(tx))) return { afterSeconds: 1 };
    if (!(await this.erase(workspaceId, tables, more))) return { afterSeconds: 0 };
    await this.files.removeAll(workspaceId);
    await this.heads.forget(workspaceId);
    const gone = await this.workspaces.run(workspaceId, (tx) => this.finish(tx, tables, job.rowId));
    return gone ? undefined : { afterSeconds: 0 };
  }

  /** Erases all rows of the tables; false where there was no time for all of it. */
  private async erase(workspaceId: string, tables: readonly string[], more: () => boolean): Promise<boolean> {
    for (const table of tables) {
      let after: readonly string[] = [];
      for (;;) {
        if (!more()) return false;
        const since = performance.now();
        const { erased, last } = await this.workspaces.run(workspaceId, (tx) => this.eraseBatch(tx, table, after));
        erasedRows.inc(erased);
        if (last === null) break;
        after = last;
        if (erased === batch) await sleep(rest * (performance.now() - since));
      }
    }
    return true;
  }

  private async eraseBatch(tx: WorkspaceTransaction, table: string, after: readonly string[]): Promise<Batch> {
    const found = await tx.first<Batch>(
      sql`select erased, last from erase_workspace_rows(${table}, ${after}::text[], ${batch})`,
    );
    if (found === null || found.erased === 0) return found ?? { erased: 0, last: null };
    await this.deletions.count(tx, table, found.erased);
    // A table whose key is the workspace alone has nothing to go on after.
    return found.last?.length === 0 ? { ...found, last: null } : found;
  }

  /** Drops what was due for the workspace, but for this job and what is to be said elsewhere. */
  private async dropWork(tx: WorkspaceTransaction): Promise<void> {
    await tx.execute(sql`
      delete from due where existing_workspace_id = ${tx.workspaceId} and not (kind = any (${[this.kind, ...this.farewells.kinds]}))
         and (leased_until is null or leased_until < now())`);
  }

  private async hasWork(tx: WorkspaceTransaction): Promise<boolean> {
    const row = await tx.first(sql`
      select 1 from due where existing_workspace_id = ${tx.workspaceId} and kind <> ${this.kind} and set_aside_at is null limit 1`);
    return row !== null;
  }

  /** The workspace's own row, behind a lock that lets nothing new be written; false where something was meanwhile. */
  private async finish(tx: WorkspaceTransaction, tables: readonly string[], deletionId: string): Promise<boolean> {
    await tx.execute(sql`select from workspaces where id = ${tx.workspaceId} for update`);
    for (const table of tables) {
      const left = await tx.first<{ erased: number }>(sql`select erased from erase_workspace_rows(${table}, '{}', 1)`);
      if (left !== null && left.erased > 0) return false;
    }
    await this.deletions.complete(tx);
    await this.facts.announce(tx, new WorkspaceErased(deletionId));
    await tx.execute(sql`delete from workspaces where id = ${tx.workspaceId}`);
    return true;
  }
}

function without(tables: readonly string[], kept: ReadonlySet<string>): string[] {
  return tables.filter((table) => !kept.has(table));
}
