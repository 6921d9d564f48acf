import { Field, Int, ObjectType } from '@nestjs/graphql';
import { type RetentionPolicy, usualRetention } from './retention-policy.js';

@ObjectType('RetentionPolicy', {
  description: 'For how many days the workspace keeps what. What is older is removed once a day; null is for ever.',
})
export class RetentionPolicyType {
  @Field(() => Int, { nullable: true, description: 'Conversations, after the last thing that happened in them.' })
  conversationsDays!: number | null;

  @Field(() => Int, { nullable: true, description: 'Leads.' })
  leadsDays!: number | null;

  @Field(() => Int, { description: 'What was sent to a model, and what it answered.' })
  aiRunsDays!: number;

  @Field(() => Int, { description: 'Audit entries; 30 at least.' })
  auditDays!: number;

  static from(policy: Partial<RetentionPolicy>): RetentionPolicyType {
    return Object.assign(new RetentionPolicyType(), usualRetention, policy);
  }
}
