import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { type WorkspaceTransaction, Workspaces, isUuid, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput, notFound } from '../../platform/errors/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { DraftChange, type DraftLanguage, DraftStatus } from '../enums.js';
import { type DraftRow, draftById, draftColumns, holdDrafts } from './draft.row.js';
import { languageOf } from '../languages.js';
import { RoomForAnswers } from '../plan/room-for-answers.js';
import { type DraftPlan, PlanDraft, keptOut } from './plan-draft.js';
import { StoreDraft } from './store-draft.js';
import { writeDraftJob } from './write-draft.worker.js';

/** A member wants the draft that a conversation proposes in other words. */
@Injectable()
export class ChangeDraft {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly plan: PlanDraft,
    private readonly drafts: StoreDraft,
    private readonly outbox: Outbox,
    private readonly room: RoomForAnswers,
  ) {}

  async run(
    actor: MemberActor,
    conversationId: string,
    change: DraftChange,
    asked: DraftLanguage | null,
  ): Promise<DraftRow> {
    if (!isUuid(conversationId)) throw notFound('The conversation');
    const plan = await this.workspaces.read(actor.workspaceId, (tx) => this.plan.read(tx, conversationId, null));
    if (plan === null) throw notFound('The conversation');
    const language = languageFor(plan, change, asked);
    const refused = keptOut(plan.thread);
    if (refused !== null) throw refused;
    if (plan.access === null)
      throw new DomainError(
        ErrorCode.CONFLICT,
        'No model is set up that could say it in other words. An administrator connects one in the settings.',
        { reason: 'DRAFT_NO_MODEL' },
      );
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      await this.room.require(tx);
      await holdDrafts(tx, conversationId);
      const base = await proposedIn(tx, conversationId);
      if (base === null)
        throw new DomainError(ErrorCode.CONFLICT, 'There is no draft here that could be changed.', {
          reason: 'DRAFT_NONE',
        });
      const id = await this.drafts.begin(tx, {
        conversationId,
        leadId: null,
        answersId: plan.answersId,
        wish: null,
        change,
        language,
        changesId: base.id,
      });
      this.outbox.schedule(tx, writeDraftJob, id);
      const draft = await draftById(tx, id);
      if (draft === null) throw new Error('The draft that was stored is gone.');
      return draft;
    });
  }
}

function languageFor(plan: DraftPlan, change: DraftChange, asked: DraftLanguage | null): DraftLanguage | null {
  if (change !== DraftChange.TRANSLATION) {
    if (asked !== null) throw badInput('language', 'Only a translation has a language.');
    return null;
  }
  const language = asked ?? languageOf(plan.question)?.code ?? null;
  if (language === null)
    throw badInput(
      'language',
      'The language cannot be told from what the customer wrote. Choose one.',
      'DRAFT_LANGUAGE',
    );
  return language;
}

function proposedIn(tx: WorkspaceTransaction, conversationId: string): Promise<DraftRow | null> {
  return tx.first<DraftRow>(sql`
    select ${draftColumns} from drafts d
     where d.workspace_id = ${tx.workspaceId} and d.conversation_id = ${conversationId} and d.status = ${DraftStatus.PROPOSED}`);
}
