import { Field, Float, ID, InputType, Int } from '@nestjs/graphql';
import { AiMode, AutoHours } from '../enums.js';

@InputType({ description: 'A bot; what is left out gets its default, or stays as it is.' })
export class BotInput {
  @Field(() => String, { nullable: true, description: 'What it is called; a new bot needs it.' })
  name?: string | null;

  @Field(() => AiMode, { nullable: true, description: 'What it does when a customer writes; DRAFT for a new one.' })
  mode?: AiMode | null;

  @Field(() => AiMode, { nullable: true, description: 'What it does with a new lead; OFF for a new one.' })
  leadMode?: AiMode | null;

  @Field(() => String, { nullable: true, description: "The model that it asks; empty for the workspace's." })
  model?: string | null;

  @Field(() => String, { nullable: true, description: 'Tone and manner, at most 4,000 characters.' })
  instructions?: string | null;

  @Field(() => Float, { nullable: true, description: 'How freely it writes, 0 to 2; 0.3 for a new one.' })
  temperature?: number | null;

  @Field(() => String, { nullable: true, description: 'What it says of itself being a machine.' })
  disclosure?: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Below this an answer is withheld, 0 to 1; 0 takes the bound away.',
  })
  minConfidence?: number | null;

  @Field(() => [String], { nullable: true, description: 'What it may speak of.' })
  topics?: string[] | null;

  @Field(() => Int, { nullable: true, description: 'What a day may cost.' })
  dailyBudgetCents?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Quote the knowledge when the model server fails; true for a new one.',
  })
  quoteOnFailure?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How often it may answer by itself in one conversation; 20 for a new one.',
  })
  maxRepliesPerConversation?: number | null;

  @Field(() => [String], { nullable: true, description: 'Words of a customer that ask for a person.' })
  handoffKeywords?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'The channels that it works on; a channel has one bot.' })
  channelIds?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Those of its channels on which it answers by itself in mode AUTO. Left out, a change that says AUTO means all that it then has; any other leaves them as they are, and channels that are added propose replies.',
  })
  autoChannelIds?: string[] | null;

  @Field(() => AutoHours, { nullable: true, description: 'When it answers by itself; ALWAYS for a new one.' })
  autoHours?: AutoHours | null;

  @Field(() => [ID], { nullable: true, description: 'The knowledge that it answers from; none named: all of it.' })
  knowledgeIds?: string[] | null;
}
