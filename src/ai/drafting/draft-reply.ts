import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces, isUuid } from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput, notFound } from '../../platform/errors/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import type { DraftChange, DraftLanguage } from '../enums.js';
import { ChangeDraft } from './change-draft.js';
import { ComposeDraft, asksModel } from './compose-draft.js';
import { type DraftRow, draftById, holdDrafts } from './draft.row.js';
import { RoomForAnswers } from '../plan/room-for-answers.js';
import { PlanDraft, keptOut } from './plan-draft.js';
import { StoreDraft } from './store-draft.js';
import { wishOf } from './wish.js';
import { writeDraftJob } from './write-draft.worker.js';

const deadline = 60_000;

/** What a member asks for: a new draft, perhaps with a wish, or the one that is there in other words. */
export interface Asked {
  readonly instruction: string | null;
  readonly change: DraftChange | null;
  readonly language: DraftLanguage | null;
}

/** A member asks for a draft now. */
@Injectable()
export class DraftReply {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly plan: PlanDraft,
    private readonly composer: ComposeDraft,
    private readonly drafts: StoreDraft,
    private readonly outbox: Outbox,
    private readonly change: ChangeDraft,
    private readonly room: RoomForAnswers,
  ) {}

  async run(actor: MemberActor, conversationId: string, asked: Asked): Promise<DraftRow> {
    const { instruction, change, language } = asked;
    if (change !== null) {
      if (instruction !== null) throw badInput('instruction', 'Ask for a change or say what is wanted, not both.');
      return this.change.run(actor, conversationId, change, language);
    }
    if (language !== null) throw badInput('language', 'Only a translation has a language.');
    if (!isUuid(conversationId)) throw notFound('The conversation');
    const wish = wishOf(instruction);
    const plan = await this.workspaces.read(actor.workspaceId, (tx) => this.plan.read(tx, conversationId, wish));
    if (plan === null) throw notFound('The conversation');
    const refused = keptOut(plan.thread);
    if (refused !== null) throw refused;
    if (plan.question === '')
      throw new DomainError(
        ErrorCode.CONFLICT,
        'The customer has not written anything that could be answered yet. Say what to write in the instruction.',
        { reason: 'DRAFT_NOTHING_ASKED' },
      );
    await this.workspaces.read(actor.workspaceId, (tx) => this.room.require(tx));
    // A quote is there at once; a model takes its time, and its words are told as they come.
    const quoted = asksModel(plan) ? null : await this.composer.compose(plan, AbortSignal.timeout(deadline));
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      await holdDrafts(tx, conversationId);
      if (quoted !== null && quoted.proposal !== null) await this.room.use(tx);
      const id = await (quoted === null ? this.drafts.begin(tx, plan) : this.drafts.store(tx, plan, quoted));
      if (quoted === null) this.outbox.schedule(tx, writeDraftJob, id);
      const draft = await draftById(tx, id);
      if (draft === null) throw new Error('The draft that was stored is gone.');
      return draft;
    });
  }
}
