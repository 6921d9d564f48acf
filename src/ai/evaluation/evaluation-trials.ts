import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { JobStatus } from '../../platform/graphql/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Bots } from '../bots/bots.js';
import type { Composition } from '../drafting/compose-draft.js';
import type { ReplyMaterial } from '../drafting/plan-draft.js';
import { recordRuns } from '../drafting/record-runs.js';
import { AiOutcome, AiPurpose, EvaluationStop } from '../enums.js';
import { AnswerOfBot } from '../preview/answer-of-bot.js';
import { countSpending } from '../settings/spending.js';
import { AnsweringSettingsReader } from './answering-settings.js';
import { type EvaluationRow, type ResultRow, evaluationById, resultColumns } from './evaluation.row.js';
import { judgeAnswer } from './judge-answer.js';

const failuresInARow = 3;
/** Open screens are told after each so many cases. */
const toldEvery = 5;

/** A case that is tried now. */
interface Trial {
  readonly evaluation: EvaluationRow;
  readonly result: ResultRow;
  readonly material: ReplyMaterial;
}

/** The cases of an evaluation, one after the other, and how it ends. Participants. */
@Injectable()
export class EvaluationTrials {
  constructor(
    private readonly bots: Bots,
    private readonly answers: AnswerOfBot,
    private readonly settings: AnsweringSettingsReader,
    private readonly feed: LiveFeed,
  ) {}

  /** The next case; null where there is none, or no more may be tried. */
  async next(tx: WorkspaceTransaction, id: string): Promise<Trial | null> {
    const evaluation = await openEvaluation(tx, id);
    if (evaluation === null) return null;
    const result = await tx.first<ResultRow>(sql`
      select ${resultColumns} from evaluation_results r
       where r.workspace_id = ${tx.workspaceId} and r.evaluation_id = ${id} and r.verdict is null order by r.position limit 1`);
    const found = await this.bots.row(tx, evaluation.botId);
    if (found === null) return null;
    // A failure of the model is one here: nothing stands in for it.
    const bot = { ...found, instructions: evaluation.instructions, quoteOnFailure: false };
    if (result === null) {
      await this.finish(tx, evaluation, (await this.settings.read(tx, bot)).digest);
      return null;
    }
    const read = await this.answers.read(tx, bot, result.question);
    const { access } = read;
    const stop =
      evaluation.model !== null && access === null
        ? EvaluationStop.NO_MODEL
        : evaluation.costCents >= evaluation.mostCents
          ? EvaluationStop.COST
          : (await failsAgainAndAgain(tx, id))
            ? EvaluationStop.MODEL_FAILS
            : null;
    if (stop !== null) {
      await this.end(tx, id, JobStatus.FAILED, stop);
      return null;
    }
    // The model that it began with answers all of it.
    const model = access === null || evaluation.model === null ? null : { ...access, model: evaluation.model };
    return { evaluation, result, material: { ...read, access: model } };
  }

  /** Judges what was answered, and keeps it. */
  async keep(
    tx: WorkspaceTransaction,
    { evaluation, result }: Trial,
    { runs, proposal }: Composition,
    latency: number,
  ): Promise<void> {
    const { botId } = evaluation;
    const { position } = result;
    const there = await tx.first(sql`
      select from evaluation_results where workspace_id = ${tx.workspaceId} and evaluation_id = ${evaluation.id} and position = ${position} for update`);
    const costs = runs.flatMap(({ costCents }) => costCents ?? []);
    const cost = costs.length === 0 ? null : costs.reduce((sum, cents) => sum + cents, 0);
    if (there === null) {
      // Whose words it was is erased, and so is what was asked of them; only what it cost stays.
      for (const run of runs) await countSpending(tx, botId, run);
      return;
    }
    const about = { purpose: AiPurpose.EVALUATION, botId, conversationId: result.conversationId };
    const runId = await recordRuns(tx, about, runs);
    const sources = proposal?.sources ?? [];
    const text = proposal?.text ?? '';
    const verdict = judgeAnswer(result, { text, knowledgeIds: sources.map(({ knowledgeId }) => knowledgeId) });
    const kept = sources.map(({ knowledgeId, title, url, page, score, question, text: said }) => {
      return { knowledgeId, title, url, page, score, passage: question === null ? said : `${question}\n${said}` };
    });
    await tx.execute(sql`
      update evaluation_results
         set answer = ${text}, verdict = ${verdict}, sources = ${JSON.stringify(kept)}::jsonb, latency_ms = ${latency}, cost_cents = ${cost}, run_id = ${runId}
       where workspace_id = ${tx.workspaceId} and evaluation_id = ${evaluation.id} and position = ${position} and verdict is null`);
    if (position % toldEvery === 1) this.told(tx, evaluation.id);
  }

  /** All its cases are judged. */
  private async finish(tx: WorkspaceTransaction, { id, total, settings }: EvaluationRow, now: Buffer): Promise<void> {
    // What was changed meanwhile was tried in part alone, so that it says nothing of either.
    if (!settings.equals(now))
      await tx.execute(sql`update evaluations set settings = '' where workspace_id = ${tx.workspaceId} and id = ${id}`);
    if (total > 0) await this.end(tx, id, JobStatus.DONE, null);
    else await this.end(tx, id, JobStatus.FAILED, EvaluationStop.NO_CASES);
  }

  /** Ends an evaluation; what is judged stays to be read. */
  async end(
    tx: WorkspaceTransaction,
    id: string,
    status: JobStatus.DONE | JobStatus.FAILED,
    stopped: EvaluationStop | null,
  ): Promise<void> {
    await tx.execute(sql`
      update evaluations set status = ${status}, stopped = ${stopped}, finished_at = now() where workspace_id = ${tx.workspaceId} and id = ${id}`);
    this.told(tx, id);
  }

  private told(tx: WorkspaceTransaction, id: string): void {
    this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [id], detail: 'evaluations' });
  }
}

/** The evaluation while it goes on; nobody else ends it until the end of the transaction. */
async function openEvaluation(tx: WorkspaceTransaction, id: string): Promise<EvaluationRow | null> {
  const open = await tx.execute(sql`
    update evaluations set status = ${JobStatus.RUNNING}
     where workspace_id = ${tx.workspaceId} and id = ${id} and status in (${JobStatus.QUEUED}, ${JobStatus.RUNNING})`);
  if (open === 0) return null;
  await leaveOutWhoObjected(tx, id);
  return evaluationById(tx, id);
}

/** A case that was taken from somebody who wants no machine to read them any more is not tried. */
async function leaveOutWhoObjected(tx: WorkspaceTransaction, id: string): Promise<void> {
  await tx.execute(sql`
    delete from evaluation_results r using conversations c, contacts k
     where r.workspace_id = ${tx.workspaceId} and r.evaluation_id = ${id} and r.verdict is null
       and c.workspace_id = r.workspace_id and c.id = r.conversation_id and k.workspace_id = c.workspace_id and k.id = c.contact_id
       and (k.automation_objected or k.processing_restricted)`);
}

async function failsAgainAndAgain(tx: WorkspaceTransaction, id: string): Promise<boolean> {
  const last = await tx.query<{ outcome: AiOutcome }>(sql`
    select a.outcome from evaluation_results r join ai_runs a on a.workspace_id = r.workspace_id and a.id = r.run_id
     where r.workspace_id = ${tx.workspaceId} and r.evaluation_id = ${id} and r.verdict is not null order by r.position desc limit ${failuresInARow}`);
  return last.length === failuresInARow && last.every(({ outcome }) => outcome === AiOutcome.FAILED);
}
