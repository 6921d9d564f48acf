import { Args, Int, Mutation, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { RetentionPolicyType } from './retention-policy.type.js';
import { SetRetention } from './set-retention.js';

const days = (name: string, description: string) =>
  Args(name, { type: () => Int, nullable: true, description: `${description} Left out: as it is.` });

@Resolver()
export class RetentionResolver {
  constructor(private readonly set: SetRetention) {}

  @Mutation(() => RetentionPolicyType, {
    description: 'Changes for how many days the workspace keeps what. What is older is removed at once, for good.',
  })
  @Allow(Permission.SetRetention)
  setRetention(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @days('conversationsDays', 'Conversations, after the last thing that happened in them; null: for ever.')
    conversationsDays?: number | null,
    @days('leadsDays', 'Leads; null: for ever.') leadsDays?: number | null,
    @days('aiRunsDays', 'What was sent to a model, and what it answered.') aiRunsDays?: number | null,
    @days('auditDays', 'Audit entries; 30 at least.') auditDays?: number | null,
  ): Promise<RetentionPolicyType> {
    return this.set.run(member, { conversationsDays, leadsDays, aiRunsDays, auditDays }, request.origin);
  }
}
