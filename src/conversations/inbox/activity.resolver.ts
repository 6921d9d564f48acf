import { Args, Context, ID, Mutation, Parent, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { MemberLoader, MemberType } from '../../accounts/index.js';
import { Allow, CurrentMember, type MemberActor, Permission, RequestContext } from '../../platform/access/index.js';
import { ActivityType } from '../activity.type.js';
import type { ActivityStream } from './activity-stream.js';
import { SetActivity } from './set-activity.js';
import { WatchActivity } from './watch-activity.js';

/** Typing and presence. */
@Resolver(() => ActivityType)
export class ActivityResolver {
  constructor(
    private readonly set: SetActivity,
    private readonly watch: WatchActivity,
    private readonly members: MemberLoader,
  ) {}

  @Mutation(() => Boolean, {
    description:
      'Says that you look at a conversation or type in it. Say it again within 30 seconds while it lasts, or it is over.',
  })
  @Allow(Permission.Read)
  setActivity(
    @CurrentMember() member: MemberActor,
    @Args('conversationId', { type: () => ID, description: 'The conversation.' }) conversationId: string,
    @Args('typing', { type: () => Boolean, description: 'Whether you type; viewers may not.' }) typing: boolean,
    @Args('viewing', { type: () => Boolean, description: 'Whether you look at it.' }) viewing: boolean,
  ): Promise<boolean> {
    return this.set.run(member, conversationId, { typing, viewing });
  }

  @Subscription(() => ActivityType, {
    description: 'Who looks and types: first what goes on now, then each change. Not stored and not replayed.',
  })
  @Allow(Permission.Read)
  activity(
    @CurrentMember() member: MemberActor,
    @Args('conversationId', { type: () => ID, nullable: true, description: 'Only in this conversation.' })
    conversationId: string | null | undefined,
  ): Promise<ActivityStream> {
    return this.watch.run(member, conversationId);
  }

  @ResolveField(() => MemberType, { nullable: true, description: 'Who; null where it is the customer.' })
  async member(@Parent() { memberId }: ActivityType, @Context() context: RequestContext): Promise<MemberType | null> {
    // A subscription outlives what was loaded for the event before.
    context.loaders.clear();
    const row = memberId === null ? null : await this.members.load(context, memberId);
    return row === null ? null : MemberType.from(row);
  }
}
