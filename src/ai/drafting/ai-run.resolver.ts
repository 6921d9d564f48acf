import { Args, Context, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { MemberLoader, MemberType } from '../../accounts/index.js';
import { Allow, CurrentMember, type MemberActor, Permission, RequestContext } from '../../platform/access/index.js';
import { AiRunConnection, AiRunType } from './ai-run.type.js';
import { ListAiRuns } from './list-ai-runs.js';

@Resolver(() => AiRunType)
export class AiRunResolver {
  constructor(
    private readonly list: ListAiRuns,
    private readonly members: MemberLoader,
  ) {}

  @Query(() => AiRunConnection, {
    description: 'What machines did, the newest first: of a conversation, of a contact, or of all.',
  })
  @Allow(Permission.Read)
  aiRuns(
    @CurrentMember() member: MemberActor,
    @Args('conversationId', { type: () => ID, nullable: true, description: 'Only of this conversation.' })
    conversationId?: string | null,
    @Args('contactId', { type: () => ID, nullable: true, description: 'Only of conversations with this contact.' })
    contactId?: string | null,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 25, description: 'How many, 1 to 100.' })
    first?: number | null,
    @Args('after', { type: () => String, nullable: true, description: 'The end of the page before.' })
    after?: string | null,
  ): Promise<AiRunConnection> {
    return this.list.run(member, { conversationId, contactId, first, after });
  }

  @ResolveField(() => MemberType, { nullable: true, description: 'The member who sent what it proposed.' })
  async approvedBy(
    @Parent() { approvedById }: AiRunType,
    @Context() context: RequestContext,
  ): Promise<MemberType | null> {
    const row = approvedById === null ? null : await this.members.load(context, approvedById);
    return row === null ? null : MemberType.from(row);
  }
}
