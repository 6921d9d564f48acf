import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, newId, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { AiOutcome, AiPurpose, DraftStatus } from '../enums.js';
import type { Composition, Proposal, RunRecord } from './compose-draft.js';
import type { DraftPlan } from './plan-draft.js';

/** Writes down what was composed. Participants; who calls them holds the conversation's drafts (`holdDrafts`). */
@Injectable()
export class StoreDraft {
  constructor(private readonly feed: LiveFeed) {}

  /** Records every run, takes back the older proposal and stores the new draft; gives its id. */
  async store(tx: WorkspaceTransaction, plan: DraftPlan, composition: Composition): Promise<string> {
    const runId = await this.record(tx, plan, composition.runs);
    await this.withdraw(tx, plan.conversationId);
    const id = newId();
    const { proposal } = composition;
    const status = proposal === null ? DraftStatus.FAILED : DraftStatus.PROPOSED;
    await tx.execute(sql`
      insert into drafts (workspace_id, id, conversation_id, answers_id, run_id, text, status, confidence)
      values (${tx.workspaceId}, ${id}, ${plan.conversationId}, ${plan.answersId}, ${runId}, ${proposal?.text ?? ''}, ${status}, ${proposal?.confidence ?? null})`);
    if (proposal !== null) await this.cite(tx, id, proposal);
    this.feed.append(tx, { kind: 'DraftChanged', ids: [id], conversationId: plan.conversationId });
    return id;
  }

  /** Records the runs alone; gives the id of the last. */
  async record(tx: WorkspaceTransaction, plan: DraftPlan, runs: readonly RunRecord[]): Promise<string | null> {
    let id: string | null = null;
    for (const run of runs) {
      id = newId();
      await tx.execute(sql`
        insert into ai_runs (workspace_id, id, purpose, provider, model, bot_id, conversation_id, request, response, prompt_tokens,
                             completion_tokens, latency_ms, outcome, error, prompt_version, masked)
        values (${tx.workspaceId}, ${id}, ${AiPurpose.DRAFT}, ${run.provider}, ${run.model}, (select b.id from bots b where b.id = ${plan.bot?.id ?? null}),
                ${plan.conversationId}, ${JSON.stringify(run.request)}::jsonb, ${run.response?.replaceAll('\u0000', '').toWellFormed() ?? null}, ${run.promptTokens},
                ${run.completionTokens}, ${run.latencyMs}, ${run.outcome}, ${run.error}, ${run.promptVersion}, ${run.masked})`);
    }
    return id;
  }

  /** The conversation proposes nothing any more. */
  async withdraw(tx: WorkspaceTransaction, conversationId: string): Promise<void> {
    const withdrawn = await tx.query<{ id: string; runId: string | null }>(sql`
      update drafts set status = ${DraftStatus.DISCARDED}
       where workspace_id = ${tx.workspaceId} and conversation_id = ${conversationId} and status = ${DraftStatus.PROPOSED}
      returning id, run_id as "runId"`);
    for (const { id, runId } of withdrawn) {
      this.feed.append(tx, { kind: 'DraftChanged', ids: [id], conversationId });
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

  private async cite(tx: WorkspaceTransaction, draftId: string, { sources }: Proposal): Promise<void> {
    const column = <Value>(value: (source: Proposal['sources'][number]) => Value): Value[] => sources.map(value);
    await tx.execute(sql`
      insert into draft_sources (workspace_id, draft_id, position, knowledge_id, title, passage, url, score)
      select ${tx.workspaceId}, ${draftId}, s.position, s.knowledge_id, s.title, s.passage, s.url, s.score
        from unnest(${column((source) => source.knowledgeId)}::uuid[], ${column((source) => source.title)}::text[],
                    ${column(({ question, text }) => (question === null ? text : `${question}\n${text}`))}::text[], ${column((source) => source.url)}::text[],
                    ${column((source) => source.score)}::float8[])
             with ordinality as s (knowledge_id, title, passage, url, score, position)`);
  }
}
