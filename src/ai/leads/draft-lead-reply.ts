import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { type WorkspaceTransaction, Workspaces } from '../../platform/database/index.js';
import { DomainError, ErrorCode, notFound } from '../../platform/errors/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { ComposeDraft, asksModel } from '../drafting/compose-draft.js';
import { type DraftRow, draftById, holdDrafts } from '../drafting/draft.row.js';
import { StoreDraft } from '../drafting/store-draft.js';
import { wishOf } from '../drafting/wish.js';
import { writeDraftJob } from '../drafting/write-draft.worker.js';
import { RoomForAnswers } from '../plan/room-for-answers.js';
import { type LeadPlan, PlanLeadDraft } from './plan-lead-draft.js';

const deadline = 60_000;

/** A member asks for a draft of a reply to a lead. */
@Injectable()
export class DraftLeadReply {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly plan: PlanLeadDraft,
    private readonly composer: ComposeDraft,
    private readonly drafts: StoreDraft,
    private readonly outbox: Outbox,
    private readonly room: RoomForAnswers,
  ) {}

  async run({ workspaceId }: MemberActor, leadId: string, instruction: string | null): Promise<DraftRow> {
    const wish = wishOf(instruction);
    const plan = await this.workspaces.read(workspaceId, (tx) => this.plan.read(tx, leadId, wish));
    if (plan === null) throw notFound('Lead');
    if (plan.keptOut !== null) throw plan.keptOut;
    if (plan.question === '')
      throw new DomainError(
        ErrorCode.CONFLICT,
        'They have not written anything that could be answered. Say what to write in the instruction.',
        { reason: 'DRAFT_NOTHING_ASKED' },
      );
    await this.workspaces.read(workspaceId, (tx) => this.room.require(tx));
    // A quote is there at once; a model takes its time, and its words are told as they come.
    const quoted = asksModel(plan) ? null : await this.composer.compose(plan, AbortSignal.timeout(deadline));
    return this.workspaces.run(workspaceId, async (tx) => {
      await holdDrafts(tx, plan.leadId);
      await this.mayStill(tx, plan);
      if (quoted !== null && quoted.proposal !== null) await this.room.use(tx);
      const id = await (quoted === null ? this.drafts.begin(tx, plan) : this.drafts.store(tx, plan, quoted));
      if (quoted === null) this.outbox.schedule(tx, writeDraftJob, id);
      const draft = await draftById(tx, id);
      if (draft === null) throw new Error('The draft that was stored is gone.');
      return draft;
    });
  }

  /** An objection may have come in while it was composed; an erasure as well. */
  private async mayStill(tx: WorkspaceTransaction, { leadId, wish }: LeadPlan): Promise<void> {
    const now = await this.plan.read(tx, leadId, wish);
    if (now === null) throw notFound('Lead');
    if (now.keptOut !== null) throw now.keptOut;
  }
}
