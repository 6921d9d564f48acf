import { Injectable } from '@nestjs/common';
import { Entitlements, UsageMetric } from '../../billing/index.js';
import { readFields } from '../../conversations/index.js';
import { type WorkspaceTransaction, Workspaces, sql, waitForOthers } from '../../platform/database/index.js';
import type { TableRow } from '../../platform/csv/index.js';
import { JobStatus } from '../../platform/graphql/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { targetOf } from './column-targets.js';
import type { ImportRow, ImportStop } from './import.row.js';
import { type ImportedRow, RowReader, type Rejection } from './interpret-row.js';
import { type Plan, PlanRows, type PlannedRows } from './plan-rows.js';
import { storeRows } from './store-rows.js';

/** Whom one that only tries has met so far: the leads by what they are known by, and how many contacts would be new. */
export interface Met {
  readonly leads: Set<string>;
  contacts: number;
}

/** What came of some rows. */
interface Counts {
  readonly created: number;
  readonly updated: number;
  readonly rejected: readonly Rejection[];
}

/** Settles the rows of an import, some at a time: what they become and how far the file is read are written together. */
@Injectable()
export class ImportSteps {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly planning: PlanRows,
    private readonly outbox: Outbox,
    private readonly feed: LiveFeed,
    private readonly entitlements: Entitlements,
  ) {}

  /** A reader of the rows of an import, by the fields that contacts have now. */
  async readerOf(workspaceId: string, { targets, columns }: ImportRow): Promise<RowReader> {
    const fields = await this.workspaces.read(workspaceId, (tx) => readFields(tx));
    const known = targets.map((word, place) => targetOf(word, columns[place] ?? '') ?? { kind: 'nothing' as const });
    return new RowReader(
      known,
      fields.filter(({ removedAt }) => removedAt === null),
    );
  }

  /** Says that the rows are counted. False where the import has ended. */
  async begin(workspaceId: string, { id, dryRun }: ImportRow, total: number): Promise<boolean> {
    const begun = await this.workspaces.run(workspaceId, async (tx) => {
      // One that only tries remembers nothing of what it met, so it begins anew.
      if (dryRun)
        await tx.execute(
          sql`delete from lead_import_rejections where workspace_id = ${workspaceId} and import_id = ${id}`,
        );
      return tx.execute(sql`
        update lead_imports set status = ${JobStatus.RUNNING}, total = ${total},
               next_row = case when dry_run then 0 else next_row end, created = case when dry_run then 0 else created end,
               updated = case when dry_run then 0 else updated end, rejected = case when dry_run then 0 else rejected end
         where workspace_id = ${workspaceId} and id = ${id} and status in (${JobStatus.QUEUED}, ${JobStatus.RUNNING})`);
    });
    return begun > 0;
  }

  /** Settles the rows that follow on so many. False where the import has ended, or somebody else settled them. */
  settle(
    workspaceId: string,
    { id, dryRun, memberId }: ImportRow,
    from: number,
    rows: readonly TableRow[],
    reader: RowReader,
    met: Met,
  ): Promise<boolean> {
    const read = rows.map((row) => reader.read(row));
    const good = read.filter((row): row is ImportedRow => 'externalId' in row);
    const bad = read.filter((row): row is Rejection => 'reason' in row);
    return this.workspaces.run(workspaceId, async (tx) => {
      // As whoever captures leads does: an erasure may not be overtaken, and two of one person are one contact.
      if (!dryRun) await waitForOthers(tx, 'receive-messages');
      const isOurs = await tx.first(sql`
        select 1 from lead_imports where workspace_id = ${workspaceId} and id = ${id} and status = ${JobStatus.RUNNING} and next_row = ${from}
           for update`);
      if (isOurs === null) return false;
      const plan = await this.fitting(tx, await this.planning.run(tx, good), dryRun ? met : null);
      if (!dryRun) await storeRows(tx, plan.people, memberId);
      await this.write(tx, id, from + rows.length, counted(plan, bad, dryRun ? met.leads : null));
      return true;
    });
  }

  /** What the plan of the workspace has room for: whoever is known already needs none. */
  private async fitting(tx: WorkspaceTransaction, { people, rejected }: Plan, met: Met | null): Promise<Plan> {
    const isNew = ({ known, rows: [{ externalId }] }: PlannedRows) =>
      known === null && met?.leads.has(externalId) !== true;
    if (!people.some(isNew)) return { people, rejected };
    let room = (await this.entitlements.room(tx, UsageMetric.CONTACTS)) - (met?.contacts ?? 0);
    const [fit, full]: [PlannedRows[], PlannedRows[]] = [[], []];
    for (const one of people) (!isNew(one) || room-- > 0 ? fit : full).push(one);
    if (met !== null) met.contacts += fit.filter(isNew).length;
    const over = full.flatMap(({ rows }) =>
      rows.map(({ line }) => ({ line, reason: 'PLAN_FULL' as const, place: null })),
    );
    return { people: fit, rejected: [...rejected, ...over] };
  }

  /** Participant. Ends an import. False where it had ended already. */
  async end(tx: WorkspaceTransaction, id: string, status: JobStatus, stopped: ImportStop | null): Promise<boolean> {
    const ended = await tx.first<{ fileId: string | null; forgetsFile: boolean; dryRun: boolean }>(sql`
      update lead_imports set status = ${status}, stopped = ${stopped}, finished_at = now()
       where workspace_id = ${tx.workspaceId} and id = ${id} and status in (${JobStatus.QUEUED}, ${JobStatus.RUNNING})
      returning file_id as "fileId", forgets_file as "forgetsFile", dry_run as "dryRun"`);
    if (ended === null) return false;
    const { fileId, forgetsFile, dryRun } = ended;
    if (forgetsFile && fileId !== null) {
      await tx.execute(
        sql`update files set kept_until = null where workspace_id = ${tx.workspaceId} and id = ${fileId}`,
      );
      this.outbox.schedule(tx, 'remove-file', fileId);
    }
    this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [id], detail: 'lead-imports' });
    // One word for all of them: a hundred thousand events of single leads would drown every open screen.
    if (!dryRun) this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [id], detail: 'leads' });
    return true;
  }

  private async write(tx: WorkspaceTransaction, id: string, nextRow: number, counts: Counts): Promise<void> {
    const { created, updated, rejected } = counts;
    if (rejected.length > 0)
      await tx.execute(sql`
        insert into lead_import_rejections (workspace_id, import_id, line, reason, place)
        select ${tx.workspaceId}, ${id}, r.line, r.reason, r.place
          from jsonb_to_recordset(${JSON.stringify(rejected)}::jsonb) as r (line integer, reason text, place integer)`);
    await tx.execute(sql`
      update lead_imports set next_row = ${nextRow}, created = created + ${created}, updated = updated + ${updated},
             rejected = rejected + ${rejected.length}
       where workspace_id = ${tx.workspaceId} and id = ${id}`);
    this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [id], detail: 'lead-imports' });
  }
}

/**
 * How many leads there are more, and how many rows only changed one. `met`, where nothing is written: who came earlier in the
 * file and would be known by now.
 */
function counted({ people, rejected }: Plan, bad: readonly Rejection[], met: Set<string> | null): Counts {
  let [created, updated] = [0, 0];
  for (const { rows, leadId } of people) {
    const [{ externalId }] = rows;
    const isKnown = leadId !== null || met?.has(externalId) === true;
    created += isKnown ? 0 : 1;
    updated += rows.length - (isKnown ? 0 : 1);
    met?.add(externalId);
  }
  return { created, updated, rejected: [...bad, ...rejected] };
}
