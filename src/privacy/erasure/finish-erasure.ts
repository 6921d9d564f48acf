import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { FileStore } from '../../platform/files/index.js';
import { LegalHolds } from '../../platform/personal-data/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { EraseStep } from './erase-step.js';
import { ErasureCompleted } from './erasure.events.js';
import { ErasureReceipts } from './erasure-receipts.js';
import { Erasures, type OpenErasure } from './erasures.js';
import { HistoryStep } from './history-step.js';

/** What became of a turn: it is done, there is more to do, or a legal hold stops it. */
export type Turn = 'done' | 'more' | 'held';

/**
 * Takes an erasure on to its end, one bounded transaction at a time. Each finds out from the rows what is still to do, so
 * it may be killed anywhere: bytes of files whose rows are gone are listed until they are gone too.
 */
@Injectable()
export class FinishErasure {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly erasures: Erasures,
    private readonly holds: LegalHolds,
    private readonly step: EraseStep,
    private readonly history: HistoryStep,
    private readonly files: FileStore,
    private readonly receipts: ErasureReceipts,
    private readonly facts: Facts,
  ) {}

  /** One transaction's worth. `evenHeld`: a restore does again what was done before, whatever holds the backup knows. */
  async turn(workspaceId: string, erasureId: string, evenHeld = false): Promise<Turn> {
    // With what is received: nothing may be added to what is being removed.
    const state = await this.workspaces.run(workspaceId, (tx) => this.inside(tx, erasureId, evenHeld), {
      oneAtATime: 'receive-messages',
    });
    if (state === 'held' || state === 'more') return state;
    if (state === 'done') return 'done';
    if (state.files.length > 0) {
      for (const file of state.files) await this.files.remove(workspaceId, file);
      await this.workspaces.run(workspaceId, (tx) => this.erasures.forgetFiles(tx, erasureId, state.files));
      return 'more';
    }
    await this.complete(workspaceId, state);
    return 'done';
  }

  /** Gives the erasure itself where no row is left, but bytes may be. */
  private async inside(
    tx: WorkspaceTransaction,
    erasureId: string,
    evenHeld: boolean,
  ): Promise<'held' | 'more' | 'done' | OpenErasure> {
    const erasure = await this.erasures.lock(tx, erasureId);
    if (erasure === null) return 'done';
    const state = await this.state(tx, erasure, evenHeld);
    if ((state === 'held') !== (erasure.heldAt !== null)) await this.erasures.hold(tx, erasureId, state === 'held');
    if (state !== 'done') return state;
    // Files first, so that the list of them stays short.
    if (erasure.files.length > 0) return erasure;
    const { id } = erasure;
    const subject = erasure.scope === 'CHANNEL' ? this.history.rest(erasure) : erasure.subject;
    if (!(await this.step.own(tx, { id, subject }))) return 'more';
    if (!(await this.step.noted(tx, { id, subject }))) return 'more';
    return (await this.erasures.lock(tx, erasureId)) ?? 'done';
  }

  /** Of a channel's history, what no hold keeps goes whatever else is held. */
  private async state(
    tx: WorkspaceTransaction,
    erasure: OpenErasure,
    evenHeld: boolean,
  ): Promise<'held' | 'more' | 'done'> {
    if (erasure.scope === 'CHANNEL') return erasure.files.length > 0 ? 'done' : this.history.run(tx, erasure);
    return !evenHeld && (await this.holds.stands(tx, erasure.subject.contactIds)) ? 'held' : 'done';
  }

  private async complete(workspaceId: string, erasure: OpenErasure): Promise<void> {
    const [moment] = await this.workspaces.read(workspaceId, (tx) => tx.query<{ at: Date }>(sql`select now() as at`));
    const at = moment?.at ?? new Date();
    // The receipt first, and once for each erasure: killed in between, it is found and not made again.
    await this.receipts.issue(workspaceId, erasure, at);
    await this.workspaces.run(workspaceId, async (tx) => {
      await this.erasures.complete(tx, erasure.id, at);
      await this.facts.announce(tx, new ErasureCompleted(erasure.id, erasure.requestId, erasure.subject));
    });
  }
}
