import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BrokenTable, type TableRow } from '../../platform/csv/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { JobStatus } from '../../platform/graphql/index.js';
import { type Again, type Job, Queues, type Worker, maxAttempts } from '../../platform/queue/index.js';
import { ImportFiles } from './import-files.js';
import { ImportSteps, type Met } from './import-steps.js';
import { type ImportRow, type ImportStop, importById } from './import.row.js';

/** The job that reads leads out of a file; its row is a `lead_imports`. */
export const importLeads = 'import-leads';

/** The most rows of one file. */
export const mostRows = 100_000;
const rowsAtOnce = 500;
/** Then others have their turn, and what was done counts as done. */
const rowsOfARun = 25_000;

/**
 * Reads a file row by row. How far it came is written with what came of the rows, so one that is killed goes on where the last
 * transaction ended; none is lost, and none is taken twice.
 */
@Injectable()
export class ImportLeadsWorker implements Worker, OnModuleInit {
  readonly kind = importLeads;
  readonly concurrency = 2;
  readonly maxSeconds = 600;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly files: ImportFiles,
    private readonly steps: ImportSteps,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run(job: Job): Promise<Again | undefined> {
    const { workspaceId, rowId } = job;
    const row = await this.workspaces.read(workspaceId, (tx) => importById(tx, rowId));
    if (row === null || (row.status !== JobStatus.QUEUED && row.status !== JobStatus.RUNNING)) return undefined;
    try {
      if (row.fileId === null) return await this.end(job, 'FILE_GONE');
      return await this.read(job, row, row.fileId);
    } catch (error) {
      if (job.signal.aborted) return { afterSeconds: 0 };
      const stop = stopOf(error);
      if (stop === null && job.attempt < maxAttempts) throw error;
      return this.end(job, stop ?? 'FAILED');
    }
  }

  private async read(job: Job, row: ImportRow, fileId: string): Promise<Again | undefined> {
    const { workspaceId, signal } = job;
    const total = row.total ?? (await this.count(job, row, fileId));
    if (total > mostRows) return this.end(job, 'TOO_MANY_ROWS');
    if (!(await this.steps.begin(workspaceId, row, total))) return undefined;
    const reader = await this.steps.readerOf(workspaceId, row);
    const met: Met = { leads: new Set(), contacts: 0 };
    const start = row.dryRun ? 0 : row.nextRow;
    let next = start;
    for await (const rows of together(this.files.rows(workspaceId, fileId, row), start)) {
      if (signal.aborted) return { afterSeconds: 0 };
      if (!(await this.steps.settle(workspaceId, row, next, rows, reader, met))) return undefined;
      next += rows.length;
      if (!row.dryRun && next - start >= rowsOfARun && next < total) return { afterSeconds: 0 };
    }
    return this.end(job, null);
  }

  /** How many rows there are. A file that cannot be read to its end shows here, before anything of it is taken. */
  private async count({ workspaceId, signal }: Job, row: ImportRow, fileId: string): Promise<number> {
    let rows = -1;
    for await (const _ of this.files.rows(workspaceId, fileId, row)) {
      signal.throwIfAborted();
      if ((rows += 1) > mostRows) break;
    }
    return rows;
  }

  private async end({ workspaceId, rowId }: Job, stopped: ImportStop | null): Promise<undefined> {
    const status = stopped === null ? JobStatus.DONE : JobStatus.FAILED;
    await this.workspaces.run(workspaceId, (tx) => this.steps.end(tx, rowId, status, stopped));
  }
}

/** Some rows at a time, without the names of the columns and without those that are settled. */
async function* together(rows: AsyncIterable<TableRow>, settled: number): AsyncGenerator<readonly TableRow[]> {
  let place = -1;
  let some: TableRow[] = [];
  for await (const row of rows) {
    if (place++ < settled) continue;
    some.push(row);
    if (some.length < rowsAtOnce) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

/** What no further try changes; null for what may pass. */
function stopOf(error: unknown): ImportStop | null {
  if (error instanceof BrokenTable) return error.reason;
  return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'FILE_GONE' : null;
}
