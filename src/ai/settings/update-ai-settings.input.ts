import { Field, Float, InputType, Int } from '@nestjs/graphql';

@InputType({ description: 'What is left out stays as it is; an empty text takes a setting away.' })
export class AiSettingsInput {
  @Field(() => Boolean, { nullable: true, description: 'Whether a model may be asked at all.' })
  enabled?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The workspace's own OpenAI-compatible server. Another address takes the stored key away: give the key with it.",
  })
  baseUrl?: string | null;

  @Field(() => String, { nullable: true, description: 'The model that drafts.' })
  model?: string | null;

  @Field(() => String, { nullable: true, description: 'The model for embeddings.' })
  embeddingModel?: string | null;

  @Field(() => String, { nullable: true, description: 'The key. It is stored encrypted and never shown again.' })
  apiKey?: string | null;

  @Field(() => Int, { nullable: true, description: 'What a month may cost.' })
  monthlyBudgetCents?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Take mail addresses, phone, card and account numbers out of messages before they leave.',
  })
  maskDetails?: boolean | null;

  @Field(() => Float, {
    nullable: true,
    description: 'What a million tokens that are sent cost at this server, in cents; 0 takes it away.',
  })
  promptCentsPerMillion?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'What a million tokens that come back cost, in cents; 0 takes it away.',
  })
  completionCentsPerMillion?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'What a million tokens cost at the model for embeddings, in cents; 0 takes it away.',
  })
  embeddingCentsPerMillion?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Let sets of cases be filled from closed conversations; false also removes what was taken.',
  })
  casesFromConversations?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many of 100 cases a bot has to answer well before it may answer by itself; 0 takes it away.',
  })
  autoNeedsPercent?: number | null;
}
