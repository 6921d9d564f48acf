import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, newId, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import type { RunRecord } from '../drafting/compose-draft.js';
import type { PlannedDraft } from '../drafting/plan-draft.js';
import { runReasonOf } from '../drafting/run-words.js';
import { withoutDetails } from '../drafting/without-details.js';
import { QuestionStatus } from '../enums.js';
import { askedStems, sameQuestion } from './asked-words.js';

/** Why a run proposed nothing that more knowledge would mend. */
const mendable: readonly (string | null)[] = ['NOTHING_FITS', 'NOTHING_CITED', 'NOTHING_SUPPORTED', 'UNSURE'];

/** With so many of the last questions a new one is compared. */
const compared = 300;
const longest = 500;

/** Notes what was asked and got no grounded answer, so that the business can answer it once for all. */
@Injectable()
export class NoteUnanswered {
  constructor(private readonly feed: LiveFeed) {}

  /** Takes part in the transaction. The same message is noted once, however often it is tried. */
  async note(tx: WorkspaceTransaction, plan: PlannedDraft, runs: readonly RunRecord[]): Promise<void> {
    const { conversationId } = plan;
    if (plan.basis !== null || plan.wish !== null || plan.answersId === null || conversationId === null) return;
    if (!mendable.includes(runReasonOf(runs.at(-1)?.error ?? null))) return;
    const text = withoutDetails(plan.question, plan.thread.contact.name).replace(/\s+/gu, ' ').trim();
    const stems = askedStems(text);
    if (stems === null || (await wantsNoMachine(tx, conversationId))) return;
    await holdQuestions(tx);
    const known = sameQuestion(stems, await knownQuestions(tx));
    const questionId = known?.id ?? (await this.add(tx));
    const noted = await tx.execute(sql`
      insert into question_askings (workspace_id, id, question_id, conversation_id, message_id, text, stems)
      values (${tx.workspaceId}, ${newId()}, ${questionId}, ${conversationId}, ${plan.answersId}, ${text.slice(0, longest).toWellFormed()}, ${stems})
      on conflict (workspace_id, conversation_id, message_id) do nothing`);
    if (noted === 0) return;
    // It was answered, and the answer does not reach those who ask: it is open again. What nobody wants to answer stays so.
    await tx.execute(sql`
      update unanswered_questions set status = ${QuestionStatus.OPEN}
       where workspace_id = ${tx.workspaceId} and id = ${questionId} and status = ${QuestionStatus.ANSWERED}`);
    this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [questionId], detail: 'questions' });
  }

  private async add(tx: WorkspaceTransaction): Promise<string> {
    const id = newId();
    await tx.execute(sql`
      insert into unanswered_questions (workspace_id, id, status) values (${tx.workspaceId}, ${id}, ${QuestionStatus.OPEN})`);
    return id;
  }
}

/** Two that ask the same at once join one question: the second waits for the first. */
async function holdQuestions(tx: WorkspaceTransaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`questions ${tx.workspaceId}`}, 0))`);
}

/** The last questions, each in the words in which it was asked last. */
function knownQuestions(tx: WorkspaceTransaction): Promise<{ id: string; stems: readonly string[] }[]> {
  return tx.query<{ id: string; stems: readonly string[] }>(sql`
    select distinct on (a.question_id) a.question_id as id, a.stems
      from (select o.id, o.question_id, o.stems from question_askings o
             where o.workspace_id = ${tx.workspaceId} order by o.id desc limit ${compared * 3}) a
     order by a.question_id, a.id desc limit ${compared}`);
}

async function wantsNoMachine(tx: WorkspaceTransaction, conversationId: string): Promise<boolean> {
  const open = await tx.first(sql`
    select from conversations c join contacts k on k.workspace_id = c.workspace_id and k.id = c.contact_id
     where c.workspace_id = ${tx.workspaceId} and c.id = ${conversationId} and not (k.automation_objected or k.processing_restricted or k.blocked)`);
  return open === null;
}
