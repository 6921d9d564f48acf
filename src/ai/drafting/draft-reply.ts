import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces, cleanInput, isUuid } from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput, notFound } from '../../platform/errors/index.js';
import { ComposeDraft } from './compose-draft.js';
import { type DraftRow, draftById, holdDrafts } from './draft.row.js';
import { PlanDraft, keptOut } from './plan-draft.js';
import { StoreDraft } from './store-draft.js';

const longestWish = 1_000;
const deadline = 60_000;

/** A member asks for a draft now. */
@Injectable()
export class DraftReply {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly plan: PlanDraft,
    private readonly composer: ComposeDraft,
    private readonly drafts: StoreDraft,
  ) {}

  async run(actor: MemberActor, conversationId: string, instruction: string | null): Promise<DraftRow> {
    if (!isUuid(conversationId)) throw notFound('The conversation');
    const wish = wishOf(instruction);
    const plan = await this.workspaces.read(actor.workspaceId, (tx) => this.plan.read(tx, conversationId, wish));
    if (plan === null) throw notFound('The conversation');
    const reason = keptOut(plan.thread);
    if (reason !== null) throw new DomainError(ErrorCode.CONFLICT, reason);
    if (plan.question === '')
      throw new DomainError(
        ErrorCode.CONFLICT,
        'The customer has not written anything that could be answered yet. Say what to write in the instruction.',
      );
    const composition = await this.composer.compose(plan, AbortSignal.timeout(deadline));
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      await holdDrafts(tx, conversationId);
      const draft = await draftById(tx, await this.drafts.store(tx, plan, composition));
      if (draft === null) throw new Error('The draft that was stored is gone.');
      return draft;
    });
  }
}

function wishOf(instruction: string | null): string | null {
  const wish = cleanInput(instruction ?? '');
  if (wish.length > longestWish) throw badInput('instruction', `Use at most ${String(longestWish)} characters.`);
  return wish === '' ? null : wish;
}
