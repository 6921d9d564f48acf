import { Injectable } from '@nestjs/common';
import { type MachineTurn, MachineTurns, SpeakAsMachine } from '../../conversations/index.js';
import { DeliverReply, LeadReplyWay, NoteReply, type OpenRoad, type ReplyRoad, roadWords } from '../../leads/index.js';
import { type WorkspaceTransaction, newId, sql } from '../../platform/database/index.js';
import { citedPages, withoutModel } from '../autopilot/record-answer.js';
import type { Proposal, RunRecord } from '../drafting/compose-draft.js';
import { runReasonOf, runWords } from '../drafting/run-words.js';
import { StoreDraft } from '../drafting/store-draft.js';
import { AiOutcome, DraftStatus } from '../enums.js';
import { RoomForAnswers } from '../plan/room-for-answers.js';
import type { LeadPlan } from './plan-lead-draft.js';

/** Why a machine leaves a lead to a person: a name for clients, and the words. */
export interface Left {
  readonly reason: string;
  readonly words: string;
}

const unreachable: Left = { reason: 'HANDOFF_UNREACHABLE', words: runWords.HANDOFF_UNREACHABLE };
/** A lead is answered by a machine once. */
const key = 'machine';

/** Writes down what came of answering a lead by itself, together with what is sent. Participants; who calls them holds the lead. */
@Injectable()
export class RecordLeadAnswer {
  constructor(
    private readonly drafts: StoreDraft,
    private readonly turns: MachineTurns,
    private readonly speech: SpeakAsMachine,
    private readonly deliver: DeliverReply,
    private readonly note: NoteReply,
    private readonly room: RoomForAnswers,
  ) {}

  /** Sends the answer on its road; where there is none any more, or nothing can leave there now, a person answers. */
  async send(
    tx: WorkspaceTransaction,
    plan: LeadPlan,
    road: ReplyRoad,
    runs: readonly RunRecord[],
    proposal: Proposal,
    text: string,
  ): Promise<void> {
    if (road.way === LeadReplyWay.NONE) {
      await this.leave(tx, plan, runs, { reason: road.reason, words: roadWords[road.reason] });
      return;
    }
    const turn = road.way === LeadReplyWay.MAIL ? null : await this.turn(tx, plan, road);
    if (turn === 'none') {
      await this.leave(tx, plan, runs, unreachable);
      return;
    }
    const full = await this.room.tryUse(tx);
    if (full !== null) {
      await this.leave(tx, plan, runs, { reason: full, words: runWords[full] });
      return;
    }
    const { lead, leadId } = plan;
    const draftId = await this.accepted(tx, plan, runs, proposal);
    const conversationId = turn?.outlet.conversation.id ?? null;
    const kept = turn === null ? text : null;
    // Before it is said: what follows from a message finds the lead answered.
    await this.note.run(tx, { lead, way: road.way, conversationId, memberId: null, text: kept, key });
    if (road.way === LeadReplyWay.MAIL) await this.deliver.mail(tx, road.to, text);
    if (turn === null) return;
    const sources = citedPages(proposal);
    const messageId = await this.speech.reply(tx, turn, { key: `answer lead ${leadId}`, text, draftId, sources });
    await tx.execute(sql`
      update drafts set message_id = ${messageId} where workspace_id = ${tx.workspaceId} and id = ${draftId}`);
  }

  /** A person is to answer; members read why. */
  async leave(tx: WorkspaceTransaction, plan: LeadPlan, runs: readonly RunRecord[], left: Left): Promise<void> {
    const recorded = runs.length === 0 ? [withoutModel(left.words)] : runs;
    await this.record(tx, plan, recorded, AiOutcome.HANDED_OFF, left.words);
    await this.note.leave(tx, plan.leadId, left.reason);
  }

  /** What left for a model is on record, though nobody wanted the answer any more. */
  async drop(tx: WorkspaceTransaction, plan: LeadPlan, runs: readonly RunRecord[]): Promise<void> {
    const asked = runs.filter(({ provider }) => provider !== 'quote');
    await this.record(tx, plan, asked, AiOutcome.DISCARDED);
  }

  /** The turn to speak on a road; `none` where a person has the thread or nothing can leave there now. */
  private async turn(tx: WorkspaceTransaction, { lead }: LeadPlan, road: OpenRoad): Promise<MachineTurn | 'none'> {
    // A thread is not begun for something that would only wait in it.
    if ('first' in road && !road.first.ready) return 'none';
    const conversationId = await this.deliver.conversationOf(tx, lead, road);
    if (conversationId === null) return 'none';
    const turn = await this.turns.open(tx, conversationId);
    return typeof turn === 'string' ? 'none' : turn;
  }

  private async accepted(
    tx: WorkspaceTransaction,
    plan: LeadPlan,
    runs: readonly RunRecord[],
    proposal: Proposal,
  ): Promise<string> {
    const runId = await this.record(tx, plan, runs, AiOutcome.SENT);
    const id = newId();
    await tx.execute(sql`
      insert into drafts (workspace_id, id, lead_id, run_id, text, status, confidence)
      values (${tx.workspaceId}, ${id}, ${plan.leadId}, ${runId}, ${proposal.text}, ${DraftStatus.ACCEPTED}, ${proposal.confidence})`);
    await this.drafts.cite(tx, id, proposal);
    return id;
  }

  /** The runs in order; the last of them is what it came to. */
  private record(
    tx: WorkspaceTransaction,
    plan: LeadPlan,
    runs: readonly RunRecord[],
    outcome: AiOutcome,
    words: string | null = null,
  ): Promise<string | null> {
    const last = runs.length - 1;
    const settled = runs.map((run, index) => (index === last ? { ...run, outcome, error: run.error ?? words } : run));
    return this.drafts.record(tx, plan, settled);
  }
}

/** A reason of a handoff by its words. */
export function leftFor(words: string): Left {
  return { reason: runReasonOf(words) ?? 'NOTHING_FITS', words };
}
