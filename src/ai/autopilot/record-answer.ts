import { Injectable } from '@nestjs/common';
import { HandToMembers, type MachineTurn, SpeakAsMachine } from '../../conversations/index.js';
import { type WorkspaceTransaction, newId, sql } from '../../platform/database/index.js';
import { AiOutcome, AiPurpose, DraftStatus } from '../enums.js';
import type { Proposal, RunRecord } from '../drafting/compose-draft.js';
import type { DraftPlan } from '../drafting/plan-draft.js';
import { StoreDraft } from '../drafting/store-draft.js';
import type { Handoff } from './handoff.js';

/** Writes down what came of answering by itself, together with what is sent. Participants; who calls them holds the turn. */
@Injectable()
export class RecordAnswer {
  constructor(
    private readonly drafts: StoreDraft,
    private readonly speech: SpeakAsMachine,
    private readonly hand: HandToMembers,
  ) {}

  /** Sends the answer, and links it with the run that it came of and with what it rests on. */
  async send(
    tx: WorkspaceTransaction,
    turn: MachineTurn,
    plan: DraftPlan,
    runs: readonly RunRecord[],
    proposal: Proposal,
    text: string,
  ): Promise<void> {
    await this.drafts.withdraw(tx, plan.conversationId);
    const runId = await this.record(tx, plan, runs, AiOutcome.SENT);
    const draftId = newId();
    await tx.execute(sql`
      insert into drafts (workspace_id, id, conversation_id, answers_id, run_id, text, status, confidence)
      values (${tx.workspaceId}, ${draftId}, ${plan.conversationId}, ${plan.answersId}, ${runId}, ${proposal.text}, ${DraftStatus.ACCEPTED}, ${proposal.confidence})`);
    await this.drafts.cite(tx, draftId, proposal);
    const messageId = await this.speech.reply(tx, turn, {
      key: `answer ${plan.lastMessageId ?? plan.conversationId}`,
      text,
      draftId,
      sources: citedPages(proposal),
    });
    await tx.execute(sql`
      update drafts set message_id = ${messageId} where workspace_id = ${tx.workspaceId} and id = ${draftId}`);
  }

  /** Hands the conversation to the members; `notice` is what the customer reads, null for nothing. */
  async handOff(
    tx: WorkspaceTransaction,
    turn: MachineTurn | null,
    plan: DraftPlan,
    runs: readonly RunRecord[],
    { words }: Handoff,
    notice: string | null,
  ): Promise<void> {
    await this.drafts.withdraw(tx, plan.conversationId);
    await this.record(tx, plan, runs.length === 0 ? [withoutModel(words)] : runs, AiOutcome.HANDED_OFF, words);
    if (turn !== null && notice !== null)
      await this.speech.notice(tx, turn, `handoff ${plan.lastMessageId ?? plan.conversationId}`, notice);
    await this.hand.run(tx, plan.conversationId, `The AI handed over to the team: ${words}`);
  }

  /** What left for a model is on record, though nobody wanted the answer any more. */
  async drop(tx: WorkspaceTransaction, plan: DraftPlan, runs: readonly RunRecord[]): Promise<void> {
    await this.record(
      tx,
      plan,
      runs.filter(({ provider }) => provider !== 'quote'),
      AiOutcome.DISCARDED,
    );
  }

  /** The runs in order; the last of them is what it came to. */
  private record(
    tx: WorkspaceTransaction,
    plan: DraftPlan,
    runs: readonly RunRecord[],
    outcome: AiOutcome,
    words: string | null = null,
  ): Promise<string | null> {
    const settled = runs.map((run, index) =>
      index === runs.length - 1 ? { ...run, outcome, error: run.error ?? words } : run,
    );
    return this.drafts.record(tx, plan, settled, AiPurpose.AUTO_REPLY);
  }
}

/** A decision for which no model was asked. */
export function withoutModel(words: string): RunRecord {
  return {
    provider: 'rules',
    model: 'handoff',
    request: {},
    response: null,
    promptTokens: 0,
    completionTokens: 0,
    latencyMs: 0,
    outcome: AiOutcome.HANDED_OFF,
    error: words,
    promptVersion: 'handoff-1',
    masked: [],
    passages: [],
    cited: [],
    cut: [],
    costCents: 0,
  };
}

/** Each page once: two passages of it are one source to whoever reads. */
export function citedPages({ sources }: Proposal) {
  const pages = sources.map(({ title, url }) => ({ title, url }));
  return pages.filter(
    (page, index) => pages.findIndex(({ title, url }) => title === page.title && url === page.url) === index,
  );
}
