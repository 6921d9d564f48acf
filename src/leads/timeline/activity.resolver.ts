import { Args, Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { MemberLoader, MemberType } from '../../accounts/index.js';
import { RequestContext } from '../../platform/access/index.js';
import { LeadType } from '../lead.type.js';
import { ActivityLoader, activityKey } from './activity.loader.js';
import { LeadActivityConnection, LeadActivityType } from './activity.type.js';

/** What happened with a lead, from the first touch on. */
@Resolver(() => LeadType)
export class LeadTimelineResolver {
  constructor(private readonly loader: ActivityLoader) {}

  @ResolveField(() => LeadActivityConnection, {
    description: 'What happened with it and what members noted, the newest first.',
  })
  async activity(
    @Parent() { id }: LeadType,
    @Context() context: RequestContext,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 20, description: 'How many, 100 at most.' })
    first: number | null | undefined,
    @Args('after', { type: () => String, nullable: true, description: 'The endCursor of the page before.' })
    after: string | null | undefined,
  ): Promise<LeadActivityConnection> {
    const page = await this.loader.load(context, activityKey(id, first, after));
    if (page === null) throw new Error('The loader left a page out.');
    return { nodes: page.nodes.map((row) => LeadActivityType.from(row)), pageInfo: page.pageInfo };
  }
}

/** Which members an entry names. */
@Resolver(() => LeadActivityType)
export class ActivityMembersResolver {
  constructor(private readonly members: MemberLoader) {}

  @ResolveField(() => MemberType, {
    nullable: true,
    description: 'Who did it; null where it came from outside or by itself, and where they have left.',
  })
  by(@Parent() { memberId }: LeadActivityType, @Context() context: RequestContext): Promise<MemberType | null> {
    return this.member(context, memberId);
  }

  @ResolveField(() => MemberType, {
    nullable: true,
    description:
      'OWNER: whose it was from then on, null where nobody’s. REMINDER, REMINDED, REMINDER_CLEARED: whose reminder. Null where they have left.',
  })
  about(@Parent() { aboutId }: LeadActivityType, @Context() context: RequestContext): Promise<MemberType | null> {
    return this.member(context, aboutId);
  }

  private async member(context: RequestContext, id: string | null): Promise<MemberType | null> {
    const row = id === null ? null : await this.members.load(context, id);
    return row === null ? null : MemberType.from(row);
  }
}
