import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { PageInfo } from '../../platform/graphql/index.js';
import { AiOutcome, AiPurpose } from '../enums.js';
import type { AiRunRow } from './ai-run.row.js';
import { CutSentenceType, RunPassage, cutIn, passagesIn } from './run-evidence.type.js';
import { runReasonOf } from './run-words.js';

@ObjectType('AiRun', {
  description:
    'Everything that left for the model and came back: what a person can be shown when they ask what a machine did with their words.',
})
export class AiRunType {
  @Field(() => ID, { description: 'The id of the run.' })
  id!: string;

  @Field(() => Date, { description: 'When it was.' })
  at!: Date;

  @Field(() => AiPurpose, { description: 'What it was for.' })
  purpose!: AiPurpose;

  @Field(() => String, {
    description:
      '`quote`: no model was asked, the answer is word for word from the knowledge. `rules`: none was asked, a person answers. Else who ran the model.',
  })
  provider!: string;

  @Field(() => String, { description: 'The model; `knowledge` for a quote.' })
  model!: string;

  @Field(() => ID, { nullable: true, description: 'The bot that it was for.' })
  botId!: string | null;

  @Field(() => ID, { nullable: true, description: 'The conversation that it was for.' })
  conversationId!: string | null;

  @Field(() => GraphQLJSON, { description: 'Exactly what left; for a quote, what was looked for.' })
  request!: unknown;

  @Field(() => String, {
    nullable: true,
    description: 'What came back, before anything was cut from it. Show it as text.',
  })
  response!: string | null;

  @Field(() => Int, { description: 'Tokens that were sent.' })
  promptTokens!: number;

  @Field(() => Int, { description: 'Tokens that came back.' })
  completionTokens!: number;

  @Field(() => Int, { description: 'How long it took.' })
  latencyMs!: number;

  @Field(() => AiOutcome, { description: 'What became of it.' })
  outcome!: AiOutcome;

  @Field(() => String, { nullable: true, description: 'Why there was nothing to propose, in words.' })
  error!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'A name for `error`, such as CHANGES_NUMBER, for clients that say it in their reader’s words.',
  })
  reason!: string | null;

  @Field(() => String, { description: 'Which wording of the prompt was used.' })
  promptVersion!: string;

  @Field(() => Int, { nullable: true, description: 'How many characters a member changed before sending.' })
  editDistance!: number | null;

  @Field(() => [String], { description: 'Kinds of detail that were taken out before it left.' })
  masked!: readonly string[];

  @Field(() => Float, { nullable: true, description: 'What it cost; null where the price is not known.' })
  costCents!: number | null;

  @Field(() => [RunPassage], {
    description:
      'The passages that it was given, in the order of their numbers in the request; a quote names the first.',
  })
  passages!: readonly RunPassage[];

  @Field(() => [CutSentenceType], {
    description: 'What was taken out of the answer, or withheld with it, sentence by sentence.',
  })
  cut!: readonly CutSentenceType[];

  /** No field: a resolver reads it. */
  approvedById!: string | null;

  static from(row: AiRunRow): AiRunType {
    const {
      id,
      at,
      purpose,
      provider,
      model,
      botId,
      conversationId,
      request,
      response,
      promptTokens,
      completionTokens,
      latencyMs,
    } = row;
    const { outcome, error, promptVersion, approvedById, editDistance, masked, costCents } = row;
    return Object.assign(new AiRunType(), {
      id,
      at,
      purpose,
      provider,
      model,
      botId,
      conversationId,
      request,
      response,
      promptTokens,
      completionTokens,
      latencyMs,
      outcome,
      error,
      reason: runReasonOf(error),
      promptVersion,
      approvedById,
      editDistance,
      masked,
      costCents,
      passages: passagesIn(row.passages),
      cut: cutIn(row.cut),
    });
  }
}

@ObjectType({ description: 'A page of runs.' })
export class AiRunConnection {
  @Field(() => [AiRunType], { description: 'The runs, the newest first.' })
  nodes!: AiRunType[];

  @Field(() => PageInfo, { description: 'Where the page ends.' })
  pageInfo!: PageInfo;
}
