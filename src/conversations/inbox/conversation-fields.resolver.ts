import { Context, ID, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { MemberLoader, MemberType } from '../../accounts/index.js';
import { ChannelEntity, ChannelLoader, ChannelType, Channels } from '../../channels/index.js';
import { RequestContext } from '../../platform/access/index.js';
import { ContactLoader } from '../contact.loader.js';
import { ContactType } from '../contact.type.js';
import { ConversationType, MessagingWindowType } from '../conversation.type.js';
import { FloodingLoader } from '../flooding.js';
import { windowOf } from '../messaging-window.js';
import { ReadPointerLoader } from '../read-pointer.loader.js';

/** Whom and what a conversation refers to. */
@Resolver(() => ConversationType)
export class ConversationFieldsResolver {
  constructor(
    private readonly channels: Channels,
    private readonly channelLoader: ChannelLoader,
    private readonly contactLoader: ContactLoader,
    private readonly memberLoader: MemberLoader,
    private readonly readPointers: ReadPointerLoader,
    private readonly flooding: FloodingLoader,
  ) {}

  @ResolveField(() => ChannelType, { description: 'Where it takes place.' })
  async channel(@Parent() conversation: ConversationType, @Context() context: RequestContext): Promise<ChannelType> {
    return this.channels.typeOf(await this.channelOf(conversation, context));
  }

  @ResolveField(() => ContactType, { description: 'Whom it is with.' })
  async contact(@Parent() conversation: ConversationType, @Context() context: RequestContext): Promise<ContactType> {
    const row = await this.contactLoader.load(context, conversation.contactId);
    if (row === null) throw new Error(`Conversation ${conversation.id} names a contact that is not there.`);
    return ContactType.from(row);
  }

  @ResolveField(() => MemberType, { nullable: true, description: 'Whose it is; null while it is nobody’s.' })
  async assignee(
    @Parent() { assigneeId }: ConversationType,
    @Context() context: RequestContext,
  ): Promise<MemberType | null> {
    const row = assigneeId === null ? null : await this.memberLoader.load(context, assigneeId);
    return row === null ? null : MemberType.from(row);
  }

  @ResolveField(() => MessagingWindowType, { description: "Whether the channel's rules let the workspace write now." })
  async messagingWindow(
    @Parent() conversation: ConversationType,
    @Context() context: RequestContext,
  ): Promise<MessagingWindowType> {
    const channel = await this.channelOf(conversation, context);
    const state = windowOf(this.channels.definitionOf(channel.kind).window, conversation, conversation.readAt);
    return Object.assign(new MessagingWindowType(), state);
  }

  @ResolveField(() => ID, {
    nullable: true,
    description: 'The newest message that you have read; each member has their own.',
  })
  readPointer(@Parent() conversation: ConversationType, @Context() context: RequestContext): Promise<string | null> {
    return this.readPointers.load(context, conversation.id);
  }

  @ResolveField(() => Boolean, {
    name: 'flooding',
    description:
      'Whether the contact has written more than 60 messages here within the last minute. Bots wait until it is over.',
  })
  async isFlooding(@Parent() { id }: ConversationType, @Context() context: RequestContext): Promise<boolean> {
    return (await this.flooding.load(context, id)) ?? false;
  }

  private async channelOf({ id, channelId }: ConversationType, context: RequestContext): Promise<ChannelEntity> {
    const channel = await this.channelLoader.load(context, channelId);
    if (channel === null) throw new Error(`Conversation ${id} names a channel that is not there.`);
    return channel;
  }
}
