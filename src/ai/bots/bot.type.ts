import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { AiMode, AutoHours } from '../enums.js';
import type { BotRow } from './bot.row.js';

@ObjectType('Bot', {
  description: 'A persona that answers from the knowledge of the workspace, on the channels that it is given.',
})
export class BotType {
  @Field(() => ID, { description: 'The id of the bot.' })
  id!: string;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => AiMode, {
    description: 'What it does when a customer writes.',
  })
  mode!: AiMode;

  @Field(() => AiMode, {
    description:
      'What it does with a new lead: nothing, a draft of a reply, or a reply by itself to whoever sent something in. Of what comes over a channel the bot of that channel, of all else the oldest bot that does anything.',
  })
  leadMode!: AiMode;

  @Field(() => String, { description: "The model that it asks; the workspace's where it has none of its own." })
  model!: string;

  @Field(() => String, { description: 'Tone and manner, in the words of the workspace.' })
  instructions!: string;

  @Field(() => Float, { description: 'How freely it writes, 0 to 2.' })
  temperature!: number;

  @Field(() => String, { description: 'What it says of itself being a machine, where it answers by itself.' })
  disclosure!: string;

  @Field(() => Int, { description: 'How often it may answer by itself in one conversation.' })
  maxRepliesPerConversation!: number;

  @Field(() => [String], { description: 'Words of a customer that ask for a person.' })
  handoffKeywords!: readonly string[];

  @Field(() => Float, { nullable: true, description: 'Below this a model’s answer is withheld; null for no bound.' })
  minConfidence!: number | null;

  @Field(() => [String], { description: 'What it may speak of; empty for everything that its knowledge holds.' })
  topics!: readonly string[];

  @Field(() => Int, { nullable: true, description: 'What a day may cost; null for no limit.' })
  dailyBudgetCents!: number | null;

  @Field(() => Boolean, { description: 'Whether its knowledge is quoted when the model server fails.' })
  quoteOnFailure!: boolean;

  @Field(() => AutoHours, { description: 'When it answers by itself in mode AUTO.' })
  autoHours!: AutoHours;

  @Field(() => Boolean, { description: "Over the plan's limit: kept, but idle." })
  frozen!: boolean;

  static from(row: BotRow, defaultModel: string): BotType {
    const {
      id,
      name,
      mode,
      leadMode,
      instructions,
      temperature,
      disclosure,
      maxRepliesPerConversation,
      handoffKeywords,
    } = row;
    const { minConfidence, topics, dailyBudgetCents, quoteOnFailure, autoHours, frozen } = row;
    return Object.assign(new BotType(), {
      id,
      name,
      mode,
      leadMode,
      model: row.model ?? defaultModel,
      instructions,
      temperature,
      disclosure,
      maxRepliesPerConversation,
      handoffKeywords,
      minConfidence,
      topics,
      dailyBudgetCents,
      quoteOnFailure,
      autoHours,
      frozen,
    });
  }
}
