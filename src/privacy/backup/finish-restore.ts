import { Injectable } from '@nestjs/common';
import { DeleteWorkspaceWorker, WorkspaceDeletions } from '../../accounts/index.js';
import { Workspaces, sql } from '../../platform/database/index.js';
import { ReplayErasures } from '../erasure/index.js';
import type { JournalEntry } from '../journal/journal-entry.js';
import { Journal } from '../journal/journal.js';
import { ReplayPrivacy, replayedKinds } from '../replay/replay-privacy.js';
import { entriesSince } from './entries-since.js';
import { type Pending, PendingRestore, brokenOff } from './pending-restore.js';

/** What was done again. */
export interface FinishedRestore {
  readonly backupAt: Date;
  readonly entries: number;
  readonly erasures: number;
  readonly workspaces: number;
}

const known: ReadonlySet<string> = new Set([
  'erasure',
  'workspace-deleted',
  'hold-placed',
  'hold-released',
  ...replayedKinds,
]);

// The journal has ids alone.
const unknownReason = 'Placed after the backup that was restored; the reason was in no backup.';

/**
 * Does again, by the erasure journal, what happened about privacy since a restored backup was made, before any server
 * listens. Throws where the journal is not there, ends before the backup, was changed, or has what this cannot do again.
 */
@Injectable()
export class FinishRestore {
  constructor(
    private readonly pending: PendingRestore,
    private readonly journal: Journal,
    private readonly erasures: ReplayErasures,
    private readonly privacy: ReplayPrivacy,
    private readonly workspaces: Workspaces,
    private readonly deletions: WorkspaceDeletions,
    private readonly deleteWorkspace: DeleteWorkspaceWorker,
  ) {}

  /** Null where no restore is waiting for it. */
  async run(): Promise<FinishedRestore | null> {
    const pending = await this.pending.find();
    if (pending === null) return null;
    if (!pending.isLoaded) throw brokenOff(pending);
    // Read to its end before anything is done by it: a journal that is broken further on is not to be trusted before.
    const kinds = new Map<string, number>();
    for await (const { kind } of this.since(pending)) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    const foreign = [...kinds.keys()].filter((kind) => !known.has(kind));
    if (foreign.length > 0)
      throw new Error(`the erasure journal has entries that this release cannot do again: ${foreign.join(', ')}.`);
    // A hold that was released since stops no erasure; one that was placed since came after those that were done.
    await this.holds(pending, ['hold-released']);
    await this.privacy.run(this.since(pending));
    const erasures = await this.erasures.run(this.since(pending));
    await this.holds(pending, ['hold-placed', 'hold-released']);
    let workspaces = 0;
    for await (const { kind, workspaceId } of this.since(pending))
      if (kind === 'workspace-deleted' && workspaceId !== null && (await this.deleteAgain(workspaceId)))
        workspaces += 1;
    const entries = [...kinds.values()].reduce((sum, count) => sum + count, 0);
    await this.pending.complete(pending, entries);
    return { backupAt: pending.backupAt, entries, erasures, workspaces };
  }

  private since({ backupAt, journalSeq, journalHash }: Pending): AsyncGenerator<JournalEntry> {
    const place = journalHash === null ? null : { seq: journalSeq, hash: journalHash };
    return entriesSince(this.journal, backupAt, place);
  }

  private async holds(pending: Pending, kinds: readonly string[]): Promise<void> {
    for await (const { kind, workspaceId, ids, at } of this.since(pending)) {
      const { holdId, contactId = null } = ids;
      if (!kinds.includes(kind) || workspaceId === null) continue;
      await this.workspaces.run(workspaceId, (tx) =>
        tx.execute(
          kind === 'hold-released'
            ? sql`update legal_holds set released_at = ${at} where workspace_id = ${workspaceId} and id = ${holdId} and released_at is null`
            : sql`insert into legal_holds (workspace_id, id, contact_id, reason, placed_at)
                  select id, ${holdId}::uuid, ${contactId}::uuid, ${unknownReason}, ${at}::timestamptz from workspaces where id = ${workspaceId}
                  on conflict do nothing`,
        ),
      );
    }
  }

  /** False where the backup does not have it. */
  private async deleteAgain(workspaceId: string): Promise<boolean> {
    const id = await this.workspaces.run(workspaceId, async (tx) => {
      if ((await tx.first(sql`select from workspaces where id = ${workspaceId}`)) === null) return null;
      const open = await tx.first<{ id: string }>(sql`
        select id from workspace_deletions where workspace_id = ${workspaceId} and completed_at is null`);
      return open?.id ?? (await this.deletions.open(tx)).id;
    });
    if (id === null) return false;
    const job = {
      kind: this.deleteWorkspace.kind,
      workspaceId,
      rowId: id,
      attempt: 1,
      signal: new AbortController().signal,
    };
    do {
      // What was still to be told to platforms was told when it was deleted first.
      await this.workspaces.run(workspaceId, (tx) =>
        tx.execute(sql`delete from due where existing_workspace_id = ${workspaceId}`),
      );
    } while ((await this.deleteWorkspace.run(job)) !== undefined);
    return true;
  }
}
