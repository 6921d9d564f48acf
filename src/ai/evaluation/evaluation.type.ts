import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { JobStatus, PageInfo } from '../../platform/graphql/index.js';
import { SourceType } from '../drafting/source.type.js';
import { CaseVerdict, EvaluationStop } from '../enums.js';
import type { EvaluationRow, ResultRow } from './evaluation.row.js';
import { isPassed } from './judge-answer.js';

@ObjectType({ description: 'A case, what the bot answered to it, and how that was judged.' })
export class EvaluationResult {
  @Field(() => String, { description: 'What was asked.' })
  question!: string;

  @Field(() => String, { description: 'What a good answer says; empty where nothing should be said.' })
  expected!: string;

  @Field(() => String, { description: 'What was answered; empty where nothing was. Show it as text.' })
  answer!: string;

  @Field(() => Boolean, { description: 'Whether it was judged to be good; false while it waits.' })
  passed!: boolean;

  @Field(() => [SourceType], { description: 'What the answer rests on.' })
  sources!: SourceType[];

  @Field(() => CaseVerdict, { nullable: true, description: 'How it was judged; null while it waits.' })
  verdict!: CaseVerdict | null;

  @Field(() => Int, { description: 'How long it took, in milliseconds.' })
  latencyMs!: number;

  @Field(() => Float, { nullable: true, description: 'What it cost, in cents; null where the price is not known.' })
  costCents!: number | null;

  @Field(() => ID, { nullable: true, description: 'The conversation that the case was taken from.' })
  conversationId!: string | null;

  /** No field: a resolver reads it. */
  runId!: string | null;

  static from(row: ResultRow): EvaluationResult {
    const { question, expected, answer, verdict, latencyMs, costCents, conversationId, runId } = row;
    return Object.assign(new EvaluationResult(), {
      question,
      expected,
      answer,
      verdict,
      passed: verdict !== null && isPassed(verdict),
      sources: sourcesIn(row.sources),
      latencyMs,
      costCents,
      conversationId,
      runId,
    });
  }
}

@ObjectType('Evaluation', { description: 'A bot that is tried with cases, one by one, in the background.' })
export class EvaluationType {
  @Field(() => ID, { description: 'The id of the evaluation.' })
  id!: string;

  @Field(() => JobStatus, { description: 'How far it is. WorkspaceChanged with `evaluations` says that it went on.' })
  status!: JobStatus;

  @Field(() => EvaluationStop, { nullable: true, description: 'Where it FAILED: why.' })
  stopped!: EvaluationStop | null;

  @Field(() => ID, { description: 'The bot.' })
  botId!: string;

  @Field(() => ID, { nullable: true, description: 'The set that its cases are from; null for other ones.' })
  setId!: string | null;

  @Field(() => Int, { description: 'How many cases it has.' })
  total!: number;

  @Field(() => Int, { description: 'How many of them are judged.' })
  judged!: number;

  @Field(() => Int, { description: 'How many were judged to be good.' })
  passed!: number;

  @Field(() => String, { description: 'The instructions that were tried.' })
  instructions!: string;

  @Field(() => String, { nullable: true, description: 'The model that was asked; null where it quoted.' })
  model!: string | null;

  @Field(() => String, { description: 'Which wording of the prompt was used.' })
  promptVersion!: string;

  @Field(() => Float, { description: 'What it has cost, in cents, as far as prices are known.' })
  costCents!: number;

  @Field(() => Float, { description: 'What it may cost, in cents: then it stops.' })
  mostCents!: number;

  @Field(() => Date, { description: 'When it was begun.' })
  createdAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When it ended.' })
  finishedAt!: Date | null;

  static from(row: EvaluationRow): EvaluationType {
    const { settings: _, ...shown } = row;
    return Object.assign(new EvaluationType(), shown);
  }
}

@ObjectType({ description: 'A page of evaluations.' })
export class EvaluationConnection {
  @Field(() => [EvaluationType], { description: 'The evaluations, the newest first.' })
  nodes!: EvaluationType[];

  @Field(() => PageInfo, { description: 'Where the page ends.' })
  pageInfo!: PageInfo;
}

@ObjectType({ description: 'A case as two evaluations answered it.' })
export class ComparedResult {
  @Field(() => EvaluationResult, { description: 'What the first answered.' })
  before!: EvaluationResult;

  @Field(() => EvaluationResult, { description: 'What the second answered.' })
  after!: EvaluationResult;
}

@ObjectType({ description: 'Two evaluations side by side, by the cases that both have judged.' })
export class EvaluationComparison {
  @Field(() => EvaluationType, { description: 'The first.' })
  before!: EvaluationType;

  @Field(() => EvaluationType, { description: 'The second.' })
  after!: EvaluationType;

  @Field(() => [ComparedResult], { description: 'Good in the second alone.' })
  better!: ComparedResult[];

  @Field(() => [ComparedResult], { description: 'Good in the first alone.' })
  worse!: ComparedResult[];

  @Field(() => Int, { description: 'How many are good in both, or in none.' })
  alike!: number;
}

/** Reads the sources of an answer, as they stood then. */
function sourcesIn(stored: unknown): SourceType[] {
  if (!Array.isArray(stored)) return [];
  return (stored as readonly Partial<SourceType>[]).map(({ knowledgeId, title, passage, url, page, score }) =>
    SourceType.from({
      knowledgeId: knowledgeId ?? '',
      title: title ?? '',
      passage: passage ?? '',
      url: url ?? null,
      page: page ?? null,
      score: score ?? 0,
      internal: false,
    }),
  );
}
