import { Args, Context, ID, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { RequestContext } from '../../platform/access/index.js';
import { ConversationType } from '../conversation.type.js';
import { MessageLoader } from '../message.loader.js';
import { MessageConnection, MessageType } from '../message.type.js';
import { ThreadLoader, threadKeyOf } from './thread.loader.js';

/** What was written in a conversation. */
@Resolver(() => ConversationType)
export class ConversationMessagesResolver {
  constructor(
    private readonly threads: ThreadLoader,
    private readonly messageLoader: MessageLoader,
  ) {}

  @ResolveField(() => MessageType, { nullable: true, description: 'The newest message; notes are not counted.' })
  async lastMessage(
    @Parent() { lastMessageId }: ConversationType,
    @Context() context: RequestContext,
  ): Promise<MessageType | null> {
    const row = lastMessageId === null ? null : await this.messageLoader.load(context, lastMessageId);
    return row === null ? null : MessageType.from(row);
  }

  @ResolveField(() => MessageConnection, { description: 'Newest first; `after` walks to older messages.' })
  async messages(
    @Parent() { id }: ConversationType,
    @Context() context: RequestContext,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50, description: 'How many, 100 at most.' })
    first: number | null | undefined,
    @Args('after', { type: () => String, nullable: true, description: 'The endCursor of the page before.' })
    after: string | null | undefined,
    @Args('around', {
      type: () => ID,
      nullable: true,
      description:
        'A message of this conversation: the page has it in its middle. Empty where there is no such message.',
    })
    around: string | null | undefined,
  ): Promise<MessageConnection> {
    const page = await this.threads.load(context, threadKeyOf(id, { first, after, around }));
    if (page === null) throw new Error('The thread loader left a page out.');
    return { nodes: page.nodes.map((row) => MessageType.from(row)), pageInfo: page.pageInfo };
  }
}
