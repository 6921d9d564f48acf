import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, newId, sql } from '../../platform/database/index.js';
import { type LiveChange, LiveFeed } from '../../platform/live/index.js';
import { AiOutcome, AiPurpose, DraftStatus } from '../enums.js';
import type { Composition, Proposal, RunRecord } from './compose-draft.js';
import { NoteUnanswered } from '../questions/note-unanswered.js';
import { DraftTexts } from './draft-texts.js';
import { giveBack } from './change-of-draft.js';
import { type DraftRow, placeOf } from './draft.row.js';
import type { PlannedDraft } from './plan-draft.js';
import { recordRuns } from './record-runs.js';

/**
 * Writes down what was composed. Participants; who calls them holds the drafts of the conversation, or of the lead
 * (`holdDrafts`). What these are for is named by that one id.
 */
@Injectable()
export class StoreDraft {
  constructor(
    private readonly feed: LiveFeed,
    private readonly texts: DraftTexts,
    private readonly unanswered: NoteUnanswered,
  ) {}

  /** Records every run, takes back the older proposal and stores the new draft; gives its id. */
  async store(tx: WorkspaceTransaction, plan: PlannedDraft, composition: Composition): Promise<string> {
    const runId = await this.record(tx, plan, composition.runs);
    await this.withdraw(tx, placeOf(plan));
    const id = newId();
    const { proposal } = composition;
    const status = proposal === null ? DraftStatus.FAILED : DraftStatus.PROPOSED;
    await tx.execute(sql`
      insert into drafts (workspace_id, id, conversation_id, lead_id, answers_id, run_id, text, status, confidence)
      values (${tx.workspaceId}, ${id}, ${plan.conversationId}, ${plan.leadId}, ${plan.answersId}, ${runId}, ${proposal?.text ?? ''}, ${status}, ${proposal?.confidence ?? null})`);
    if (proposal !== null) await this.cite(tx, id, proposal);
    this.feed.append(tx, changeOf(id, plan.conversationId));
    return id;
  }

  /** Takes back the older proposal and puts a draft in its place that is yet to be written; gives its id. */
  async begin(
    tx: WorkspaceTransaction,
    begun: Pick<PlannedDraft, 'conversationId' | 'leadId' | 'answersId' | 'wish'> &
      Partial<Pick<DraftRow, 'change' | 'language' | 'changesId'>>,
  ): Promise<string> {
    const { conversationId, leadId, answersId, wish, change = null, language = null, changesId = null } = begun;
    await this.withdraw(tx, placeOf(begun));
    const id = newId();
    await tx.execute(sql`
      insert into drafts (workspace_id, id, conversation_id, lead_id, answers_id, text, status, instruction, change, language, changes_id)
      values (${tx.workspaceId}, ${id}, ${conversationId}, ${leadId}, ${answersId}, '', ${DraftStatus.GENERATING}, ${wish}, ${change}, ${language}, ${changesId})`);
    this.feed.append(tx, changeOf(id, conversationId));
    return id;
  }

  /** Ends a draft that was begun: proposes what was composed, or says that there is nothing. */
  async finish(tx: WorkspaceTransaction, draft: DraftRow, plan: PlannedDraft, composition: Composition): Promise<void> {
    const { id: draftId } = draft;
    const runId = await this.record(tx, plan, composition.runs);
    const { proposal } = composition;
    const status = proposal === null ? DraftStatus.FAILED : DraftStatus.PROPOSED;
    await tx.execute(sql`
      update drafts set run_id = ${runId}, text = ${proposal?.text ?? ''}, status = ${status}, confidence = ${proposal?.confidence ?? null}
       where workspace_id = ${tx.workspaceId} and id = ${draftId}`);
    if (proposal !== null) await this.cite(tx, draftId, proposal);
    this.told(tx, draftId, plan.conversationId);
    if (proposal === null) await this.restore(tx, draft);
  }

  /** Where a change came to nothing, the draft that it was to change is proposed again. */
  async restore(tx: WorkspaceTransaction, draft: DraftRow): Promise<void> {
    const id = await giveBack(tx, draft);
    if (id !== null) this.told(tx, id, draft.conversationId);
  }

  /** Keeps the record of a draft that was stopped: what left for the model left. */
  async keepRuns(
    tx: WorkspaceTransaction,
    draftId: string,
    plan: PlannedDraft,
    runs: readonly RunRecord[],
  ): Promise<void> {
    const runId = await this.record(tx, plan, runs);
    await tx.execute(sql`
      update drafts set run_id = ${runId} where workspace_id = ${tx.workspaceId} and id = ${draftId}`);
    this.told(tx, draftId, plan.conversationId);
  }

  /** A draft that is not there and cannot be made. */
  async fail(tx: WorkspaceTransaction, draft: DraftRow): Promise<void> {
    const { id, conversationId } = draft;
    await tx.execute(sql`
      update drafts set status = ${DraftStatus.FAILED} where workspace_id = ${tx.workspaceId} and id = ${id}`);
    this.told(tx, id, conversationId);
    await this.restore(tx, draft);
  }

  /** A member has read that a draft came to nothing. The record of what was asked stays as it is. */
  async dismiss(tx: WorkspaceTransaction, { id, conversationId }: DraftRow): Promise<void> {
    await tx.execute(sql`
      update drafts set status = ${DraftStatus.DISCARDED} where workspace_id = ${tx.workspaceId} and id = ${id}`);
    this.told(tx, id, conversationId);
  }

  /** Whether a member waits for a draft there. */
  async isBeingWritten(tx: WorkspaceTransaction, place: string): Promise<boolean> {
    const draft = await tx.first(sql`
      select 1 from drafts where workspace_id = ${tx.workspaceId} and (conversation_id = ${place} or lead_id = ${place}) and status = ${DraftStatus.GENERATING}`);
    return draft !== null;
  }

  /** A look into the knowledge that found nothing is not worth a record, but what was asked is noted. */
  noteUnanswered(tx: WorkspaceTransaction, plan: PlannedDraft, runs: readonly RunRecord[]): Promise<void> {
    return this.unanswered.note(tx, plan, runs);
  }

  /** Records the runs alone; gives the id of the last. */
  async record(
    tx: WorkspaceTransaction,
    plan: PlannedDraft,
    runs: readonly RunRecord[],
    purpose = plan.leadId === null ? AiPurpose.DRAFT : AiPurpose.LEAD_REPLY,
  ): Promise<string | null> {
    const { conversationId, leadId } = plan;
    await this.unanswered.note(tx, plan, runs);
    return recordRuns(tx, { purpose, botId: plan.bot?.id ?? null, conversationId, leadId }, runs);
  }

  /** Nothing is proposed there any more, and what is being written for it stops. */
  async withdraw(tx: WorkspaceTransaction, place: string): Promise<void> {
    const withdrawn = await tx.query<{ id: string; conversationId: string | null; runId: string | null }>(sql`
      update drafts set status = ${DraftStatus.DISCARDED}
       where workspace_id = ${tx.workspaceId} and (conversation_id = ${place} or lead_id = ${place})
         and status in (${DraftStatus.PROPOSED}, ${DraftStatus.GENERATING})
      returning id, conversation_id as "conversationId", run_id as "runId"`);
    for (const { id, conversationId, runId } of withdrawn) {
      this.told(tx, id, conversationId);
      if (runId === null) tx.afterCommit(() => this.texts.stop(tx.workspaceId, id));
      await tx.execute(sql`
        update ai_runs set outcome = ${AiOutcome.DISCARDED} where workspace_id = ${tx.workspaceId} and id = ${runId}`);
    }
  }

  /** Whether a draft for this very message was made already, by a job that is now repeated. */
  async isAnswered(tx: WorkspaceTransaction, conversationId: string, answersId: string | null): Promise<boolean> {
    const draft = await tx.first(sql`
      select 1 from drafts where workspace_id = ${tx.workspaceId} and conversation_id = ${conversationId} and answers_id = ${answersId} limit 1`);
    return draft !== null;
  }

  /** Open screens are told what became of it, and those who read along that it is over. */
  private told(tx: WorkspaceTransaction, id: string, conversationId: string | null): void {
    this.feed.append(tx, changeOf(id, conversationId));
    tx.afterCommit(() => this.texts.settled(tx.workspaceId, id));
  }

  /** What a draft rests on. */
  async cite(tx: WorkspaceTransaction, draftId: string, { sources }: Proposal): Promise<void> {
    const column = <Value>(value: (source: Proposal['sources'][number]) => Value): Value[] => sources.map(value);
    await tx.execute(sql`
      insert into draft_sources (workspace_id, draft_id, position, knowledge_id, title, passage, url, page, score)
      select ${tx.workspaceId}, ${draftId}, s.position, s.knowledge_id, s.title, s.passage, s.url, s.page, s.score
        from unnest(${column((source) => source.knowledgeId)}::uuid[], ${column((source) => source.title)}::text[],
                    ${column(({ question, text }) => (question === null ? text : `${question}\n${text}`))}::text[], ${column((source) => source.url)}::text[],
                    ${column(({ page }) => page ?? null)}::int[], ${column((source) => source.score)}::float8[])
             with ordinality as s (knowledge_id, title, passage, url, page, score, position)`);
  }
}

function changeOf(id: string, conversationId: string | null): LiveChange {
  return { kind: 'DraftChanged', ids: [id], ...(conversationId !== null && { conversationId }) };
}
