import { Args, Context, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { MemberLoader, MemberType } from '../../accounts/index.js';
import { Allow, CurrentMember, type MemberActor, Permission, RequestContext } from '../../platform/access/index.js';
import { ConversationLoader } from '../conversation.loader.js';
import { ConversationType } from '../conversation.type.js';
import { externalKey } from '../external-message.js';
import { MessageConnection, MessageType } from '../message.type.js';
import { RepliedMessageLoader } from '../replied-message.loader.js';
import { SearchMessages } from './search-messages.js';

/** Messages, and whom and what they refer to. */
@Resolver(() => MessageType)
export class MessageResolver {
  constructor(
    private readonly search: SearchMessages,
    private readonly conversations: ConversationLoader,
    private readonly members: MemberLoader,
    private readonly replied: RepliedMessageLoader,
  ) {}

  @Query(() => MessageConnection, {
    description:
      'The messages that hold all the words, newest first; the last word may be unfinished. A page may hold fewer than asked for: those of spam are left out.',
  })
  @Allow(Permission.Read)
  async searchMessages(
    @CurrentMember() member: MemberActor,
    @Args('query', { type: () => String, description: 'The words.' }) query: string,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 25, description: 'How many, 100 at most.' })
    first: number | null | undefined,
    @Args('after', { type: () => String, nullable: true, description: 'The endCursor of the page before.' })
    after: string | null | undefined,
  ): Promise<MessageConnection> {
    const page = await this.search.run(member, query, first, after);
    return { nodes: page.nodes.map((row) => MessageType.from(row)), pageInfo: page.pageInfo };
  }

  @ResolveField(() => ConversationType, { description: 'Where it was written.' })
  async conversation(
    @Parent() { id, conversationId }: MessageType,
    @Context() context: RequestContext,
  ): Promise<ConversationType> {
    const row = await this.conversations.load(context, conversationId);
    if (row === null) throw new Error(`Message ${id} names a conversation that is not there.`);
    return ConversationType.from(row);
  }

  @ResolveField(() => MemberType, {
    nullable: true,
    description: 'The member who wrote it; null where it was no member, or one who left.',
  })
  async member(@Parent() { memberId }: MessageType, @Context() context: RequestContext): Promise<MemberType | null> {
    const row = memberId === null ? null : await this.members.load(context, memberId);
    return row === null ? null : MemberType.from(row);
  }

  @ResolveField(() => MessageType, {
    nullable: true,
    description: 'The message that it answers; null where it answers none that is kept here.',
  })
  async replyTo(
    @Parent() { channelId, replyToExternalId }: MessageType,
    @Context() context: RequestContext,
  ): Promise<MessageType | null> {
    if (replyToExternalId === null) return null;
    const row = await this.replied.load(context, externalKey({ channelId, externalId: replyToExternalId }));
    return row === null ? null : MessageType.from(row);
  }
}
