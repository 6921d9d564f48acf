import { Args, ID, Query, Resolver, Subscription } from '@nestjs/graphql';
import { Allow, CurrentMember, type MemberActor, Permission } from '../../platform/access/index.js';
import type { LiveStream } from '../../platform/live/index.js';
import { InboxEvent } from '../live-events.type.js';
import { WatchInbox } from './watch-inbox.js';

@Resolver(() => InboxEvent)
export class InboxEventsResolver {
  constructor(private readonly watch: WatchInbox) {}

  @Query(() => String, {
    description:
      'The cursor to hand to inboxEvents after loading a page, so that nothing falls between the two. Ask for it before the page, or with it.',
  })
  @Allow(Permission.Read)
  inboxCursor(@CurrentMember() member: MemberActor): Promise<string> {
    return this.watch.cursor(member);
  }

  @Subscription(() => InboxEvent, {
    description:
      "Everything that changes in the workspace's inbox, or in one conversation. See InboxEvent for resuming.",
  })
  @Allow(Permission.Read)
  inboxEvents(
    @CurrentMember() member: MemberActor,
    @Args('after', {
      type: () => String,
      nullable: true,
      description: 'The last cursor that you have seen; without it, from now on.',
    })
    after: string | null | undefined,
    @Args('conversationId', { type: () => ID, nullable: true, description: 'Only what belongs to this conversation.' })
    conversationId: string | null | undefined,
  ): Promise<LiveStream> {
    return this.watch.run(member, after, conversationId);
  }
}
