import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import { openAiUrl } from './model-access.js';
import type { SettingsRow } from './settings-row.js';
import { type Spending, isUsedUp } from './spending.js';

@ObjectType({
  description:
    'Nothing leaves for a model, embeddings included, while enabled is false; replies are then quoted from the knowledge. The key is write-only.',
})
export class AiSettings {
  @Field(() => Boolean, { description: 'Whether a model may be asked at all.' })
  enabled!: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      "The workspace's own OpenAI-compatible server; null for the one of this deployment, or OpenAI where a key is given.",
  })
  baseUrl!: string | null;

  @Field(() => String, { nullable: true, description: "The model that drafts; null for the deployment's." })
  model!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The model for embeddings, by which knowledge is found by its meaning too; without one by its words alone.',
  })
  embeddingModel!: string | null;

  @Field(() => Boolean, { description: 'Whether the workspace has given a key of its own.' })
  hasKey!: boolean;

  @Field(() => Int, { nullable: true, description: 'What a month may cost; null for no limit.' })
  monthlyBudgetCents!: number | null;

  @Field(() => Int, { description: 'What this month has cost so far, as far as prices are known.' })
  spentCents!: number;

  @Field(() => Int, {
    description:
      'What calls of unknown price would have cost this month at the dearest price that is known. It counts against budgets, so that none is overrun unseen; give the prices of the model to have it counted as it is.',
  })
  assumedCents!: number;

  @Field(() => String, { nullable: true, description: "The provider's data policy, where it is known." })
  policyUrl!: string | null;

  @Field(() => Boolean, {
    description: 'Whether mail addresses, phone, card and account numbers are taken out of messages before they leave.',
  })
  maskDetails!: boolean;

  @Field(() => Float, {
    nullable: true,
    description:
      'What a million tokens that are sent cost here, in cents; null where OpenAI’s list price holds, which is known for its own server alone.',
  })
  promptCentsPerMillion!: number | null;

  @Field(() => Float, { nullable: true, description: 'The same for a million tokens that come back.' })
  completionCentsPerMillion!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'What a million tokens cost at the model for embeddings, in cents; null as for the prices of the model.',
  })
  embeddingCentsPerMillion!: number | null;

  @Field(() => Boolean, {
    description:
      'Whether the budget of this month is used up: until the next one no model is asked, and replies are quoted.',
  })
  budgetUsedUp!: boolean;

  @Field(() => Boolean, {
    description:
      'Whether sets of cases may be filled from closed conversations, to try bots with. Switched off, what was taken from them goes.',
  })
  casesFromConversations!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'How many of 100 cases a bot has to answer well before it may answer by itself; null for no bound.',
  })
  autoNeedsPercent!: number | null;

  static from(row: SettingsRow, spent: Spending): AiSettings {
    const { enabled, baseUrl, model, embeddingModel, monthlyBudgetCents, maskDetails } = row;
    const host = URL.parse(baseUrl ?? openAiUrl)?.host;
    const openAi = host === 'api.openai.com' && (baseUrl !== null || row.apiKey !== null);
    return Object.assign(new AiSettings(), {
      enabled,
      baseUrl,
      model,
      embeddingModel,
      hasKey: row.apiKey !== null,
      monthlyBudgetCents,
      spentCents: Math.ceil(spent.known),
      assumedCents: Math.ceil(spent.assumed),
      policyUrl: openAi ? 'https://platform.openai.com/docs/guides/your-data' : null,
      maskDetails,
      promptCentsPerMillion: row.promptCentsPerMillion,
      completionCentsPerMillion: row.completionCentsPerMillion,
      embeddingCentsPerMillion: row.embeddingCentsPerMillion,
      casesFromConversations: row.casesFromConversations,
      autoNeedsPercent: row.autoNeedsPercent,
      budgetUsedUp: isUsedUp(row, spent),
    });
  }
}
