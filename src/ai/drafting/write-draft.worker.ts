import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { AiOutcome, DraftStatus } from '../enums.js';
import { basisOf } from './change-of-draft.js';
import { ComposeDraft, type Composition } from './compose-draft.js';
import { DraftTexts } from './draft-texts.js';
import { PlanLeadDraft } from '../leads/plan-lead-draft.js';
import { type DraftRow, draftById, holdDrafts, placeOf } from './draft.row.js';
import { RoomForAnswers } from '../plan/room-for-answers.js';
import { type PlannedDraft, PlanDraft, keptOut } from './plan-draft.js';
import { runWords } from './run-words.js';
import { StoreDraft } from './store-draft.js';

/** The job that writes a draft which a member asked for; its row is the draft. */
export const writeDraftJob = 'write-draft';

const deadline = 60_000;
// A member waits: what ended the process twice is not tried a third time.
const mostTries = 2;

/** Writes a draft that a member asked for, and tells its words as they come. */
@Injectable()
export class WriteDraftWorker implements Worker, OnModuleInit {
  readonly kind = writeDraftJob;
  readonly concurrency = 4;
  readonly maxSeconds = 90;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly plan: PlanDraft,
    private readonly leads: PlanLeadDraft,
    private readonly composer: ComposeDraft,
    private readonly drafts: StoreDraft,
    private readonly texts: DraftTexts,
    private readonly room: RoomForAnswers,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run(job: Job): Promise<Again | undefined> {
    const read = await this.workspaces.read(job.workspaceId, (tx) => this.read(tx, job.rowId));
    if (read === null) return undefined;
    const { draft, plan } = read;
    if (plan === null || job.attempt > mostTries) {
      await this.settle(job.workspaceId, draft, (tx) => this.drafts.fail(tx, draft));
      return undefined;
    }
    const writing = this.texts.begin(job.workspaceId, draft.id);
    const unwatched = this.watchRow(job.workspaceId, draft.id, writing.stopped);
    try {
      const stop = AbortSignal.any([job.signal, writing.stopped, unwatched.signal, AbortSignal.timeout(deadline)]);
      const composition = await this.composer.compose(plan, stop, (text) => writing.show(text));
      // The process stops: another one writes it.
      if (job.signal.aborted) return { afterSeconds: 0 };
      await this.settle(
        job.workspaceId,
        draft,
        async (tx) => {
          const full = composition.proposal === null ? null : await this.room.tryUse(tx);
          await this.drafts.finish(tx, draft, plan, full === null ? composition : unfit(composition, runWords[full]));
        },
        (tx) => this.drafts.keepRuns(tx, draft.id, plan, stoppedRuns(composition)),
      );
    } finally {
      unwatched.end();
      writing.end();
    }
    return undefined;
  }

  private async read(
    tx: WorkspaceTransaction,
    draftId: string,
  ): Promise<{ readonly draft: DraftRow; readonly plan: PlannedDraft | null } | null> {
    const draft = await draftById(tx, draftId);
    if (draft?.status !== DraftStatus.GENERATING) return null;
    const plan = await this.planOf(tx, draft);
    if (plan !== null && draft.change !== null) {
      const basis = await basisOf(tx, draft);
      // What it was to change was erased, or no model may be asked any more.
      return { draft, plan: basis === null || plan.access === null ? null : { ...plan, basis } };
    }
    if (plan === null || draft.instruction === null) return { draft, plan };
    // "Shorter", "more formal": the wish is about the words that stood there before.
    const before = await tx.first<{ text: string }>(sql`
      select text from drafts
       where workspace_id = ${tx.workspaceId} and (conversation_id = ${placeOf(draft)} or lead_id = ${placeOf(draft)}) and id < ${draft.id} and text <> ''
         and answers_id is not distinct from ${plan.answersId} and status = ${DraftStatus.DISCARDED}
       order by id desc limit 1`);
    return { draft, plan: { ...plan, before: before?.text ?? null } };
  }

  /** Null where there is nothing to write it from, or machines are to keep out. */
  private async planOf(
    tx: WorkspaceTransaction,
    { conversationId, leadId, instruction }: DraftRow,
  ): Promise<PlannedDraft | null> {
    if (leadId !== null) {
      const plan = await this.leads.read(tx, leadId, instruction);
      return plan === null || plan.keptOut !== null ? null : plan;
    }
    const plan = conversationId === null ? null : await this.plan.read(tx, conversationId, instruction);
    return plan === null || keptOut(plan.thread) !== null ? null : plan;
  }

  /** Ends the draft while nobody else does; `otherwise` where somebody did. */
  private async settle(
    workspaceId: string,
    draft: DraftRow,
    end: (tx: WorkspaceTransaction) => Promise<void>,
    otherwise?: (tx: WorkspaceTransaction) => Promise<void>,
  ): Promise<void> {
    await this.workspaces.run(workspaceId, async (tx) => {
      await holdDrafts(tx, placeOf(draft));
      const now = await draftById(tx, draft.id);
      if (now?.status === DraftStatus.GENERATING) await end(tx);
      else if (now !== null) await otherwise?.(tx);
    });
  }

  /** The word to stop may be lost on its way; the row says it too. */
  private watchRow(workspaceId: string, id: string, stopped: AbortSignal): { signal: AbortSignal; end(): void } {
    const gone = new AbortController();
    const timer = setInterval(() => {
      if (stopped.aborted) return;
      this.workspaces
        .read(workspaceId, (tx) => draftById(tx, id))
        .then((draft) => draft?.status === DraftStatus.GENERATING || gone.abort())
        .catch(() => undefined);
    }, 2_000).unref();
    return { signal: gone.signal, end: () => clearInterval(timer) };
  }
}

/** The plan filled up while it was written: the record says so, and nothing is proposed. */
function unfit({ runs }: Composition, error: string): Composition {
  return { proposal: null, runs: runs.map((run) => ({ ...run, outcome: AiOutcome.REFUSED, error })) };
}

/** What left for a model is on record, though nobody wanted the answer any more. */
function stoppedRuns({ runs }: Composition): Composition['runs'] {
  return runs
    .filter(({ provider }) => provider !== 'quote')
    .map((run) => ({ ...run, outcome: AiOutcome.DISCARDED, error: runWords.STOPPED }));
}
