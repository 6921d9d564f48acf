import { Injectable } from '@nestjs/common';
import { Entitlements } from '../../billing/index.js';
import type { MemberActor, RequestContext } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import {
  type WorkspaceTransaction,
  Workspaces,
  cleanInput,
  isUuid,
  newId,
  sql,
} from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput, notFound } from '../../platform/errors/index.js';
import { JobStatus } from '../../platform/graphql/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { Bots } from '../bots/bots.js';
import { AnsweringSettingsReader } from './answering-settings.js';
import { type CheckedCase, checkSources, checkedCases, mostCases } from './check-cases.js';
import type { EvaluationCase } from './evaluate-bot.input.js';
import { evaluateBotJob } from './evaluate-bot.worker.js';
import { type EvaluationRow, evaluationById } from './evaluation.row.js';

/** What a bot is tried with. */
export interface EvaluationAsked {
  readonly cases: readonly EvaluationCase[];
  readonly setId: string | null;
  /** In place of the bot's own. */
  readonly instructions: string | null;
  readonly mostCents: number | null;
}

type PutCase = CheckedCase & { readonly conversationId: string | null };

const mostOpen = 3;
const mostKept = 50;
const usualCents = 200;
const longestInstructions = 4_000;

/** Puts a bot to the test: its cases are copied, and tried one by one in the background. */
@Injectable()
export class StartEvaluation {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly bots: Bots,
    private readonly settings: AnsweringSettingsReader,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly entitlements: Entitlements,
  ) {}

  run(actor: MemberActor, botId: string, asked: EvaluationAsked, request: RequestContext): Promise<EvaluationRow> {
    const given = checkedCases(asked.cases);
    const instructions = asked.instructions === null ? null : cleanInput(asked.instructions);
    if (instructions !== null && instructions.length > longestInstructions)
      throw badInput('instructions', 'Use at most 4,000 characters.', 'TOO_LONG', { most: '4000' });
    const most = asked.mostCents ?? usualCents;
    if (!(most >= 1 && most <= 100_000))
      throw badInput('mostCents', 'Give a number from 1 to 100000.', 'NUMBER_BETWEEN', { least: '1', most: '100000' });
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const found = await this.bots.row(tx, botId);
      if (found === null) throw notFound('The bot');
      await this.entitlements.requireLive(tx);
      const bot = { ...found, instructions: instructions ?? found.instructions };
      await checkSources(tx, given);
      const cases = [...given.map((one) => ({ ...one, conversationId: null })), ...(await casesOf(tx, asked.setId))];
      // A case of a set is tried with its set.
      if (given.some(({ id }) => id !== null)) throw notFound('The case');
      if (cases.length === 0) throw badInput('cases', 'Give at least one case, or a set that has some.', 'CASES_NONE');
      if (cases.length > mostCases)
        throw badInput('cases', `Give at most ${String(mostCases)} cases.`, 'TOO_MANY', { most: String(mostCases) });
      await refuseTooMany(tx);
      const by = await this.settings.read(tx, bot);
      const id = newId();
      await tx.execute(sql`
        insert into evaluations (workspace_id, id, bot_id, set_id, status, instructions, model, prompt_version, settings, most_cents)
        values (${tx.workspaceId}, ${id}, ${bot.id}, ${asked.setId}, ${JobStatus.QUEUED}, ${bot.instructions}, ${by.model}, ${by.promptVersion},
                ${by.digest}, ${most})`);
      await putCases(tx, id, cases);
      await forgetOldest(tx, bot.id);
      this.outbox.schedule(tx, evaluateBotJob, id);
      const detail = { botId: bot.id, cases: cases.length };
      this.audit.record(tx, { actor, action: 'evaluation.start', target: id, origin: request.origin, detail });
      const row = await evaluationById(tx, id);
      if (row === null) throw new Error('The evaluation that was stored is gone.');
      return row;
    });
  }
}

async function casesOf(tx: WorkspaceTransaction, setId: string | null): Promise<PutCase[]> {
  if (setId === null) return [];
  const set = isUuid(setId)
    ? await tx.first(sql`select from evaluation_sets where workspace_id = ${tx.workspaceId} and id = ${setId}`)
    : null;
  if (set === null) throw notFound('The set');
  return tx.query<PutCase>(sql`
    select c.id, c.question, c.expected, c.knowledge_id as "knowledgeId", c.conversation_id as "conversationId" from evaluation_cases c
     where c.workspace_id = ${tx.workspaceId} and c.set_id = ${setId} order by c.id`);
}

async function putCases(tx: WorkspaceTransaction, id: string, cases: readonly PutCase[]): Promise<void> {
  const column = <Value>(value: (one: PutCase) => Value): Value[] => cases.map(value);
  await tx.execute(sql`
    insert into evaluation_results (workspace_id, evaluation_id, position, question, expected, knowledge_id, conversation_id)
    select ${tx.workspaceId}, ${id}, c.position, c.question, c.expected, c.knowledge_id, c.conversation_id
      from unnest(${column((one) => one.question)}::text[], ${column((one) => one.expected)}::text[], ${column((one) => one.knowledgeId)}::uuid[],
                  ${column((one) => one.conversationId)}::uuid[])
           with ordinality as c (question, expected, knowledge_id, conversation_id, position)`);
}

async function refuseTooMany(tx: WorkspaceTransaction): Promise<void> {
  const open = await tx.query(sql`
    select from evaluations where workspace_id = ${tx.workspaceId} and status in (${JobStatus.QUEUED}, ${JobStatus.RUNNING})`);
  if (open.length >= mostOpen)
    throw new DomainError(
      ErrorCode.CONFLICT,
      `${String(mostOpen)} evaluations are running. Wait for one, or stop it.`,
      {
        reason: 'EVALUATIONS_OPEN',
        values: { most: String(mostOpen) },
      },
    );
}

/** The last ones of a bot are kept. */
async function forgetOldest(tx: WorkspaceTransaction, botId: string): Promise<void> {
  await tx.execute(sql`
    delete from evaluations where workspace_id = ${tx.workspaceId} and id in (
      select e.id from evaluations e where e.workspace_id = ${tx.workspaceId} and e.bot_id = ${botId}
         and e.status in (${JobStatus.DONE}, ${JobStatus.FAILED}) order by e.id desc offset ${mostKept - 1})`);
}
