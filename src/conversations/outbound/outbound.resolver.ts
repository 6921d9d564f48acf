import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import { Allow, CurrentMember, Permission, type MemberActor } from '../../platform/access/index.js';
import { MessageType } from '../message.type.js';
import { ChangeMessage } from './change-message.js';
import { ReactToMessage } from './react-to-message.js';
import { SendMessage } from './send-message.js';
import { SendMessageInput } from './send-message.input.js';

/** What a member does to send. */
@Resolver()
export class OutboundResolver {
  constructor(
    private readonly send: SendMessage,
    private readonly change: ChangeMessage,
    private readonly reactions: ReactToMessage,
  ) {}

  @Mutation(() => MessageType, {
    description:
      'Sends a message. Refused before anything leaves when the messaging window is closed, the text is too long or a file is none that the channel takes. What the channel cannot carry as one message is sent as several; the first is given.',
  })
  @Allow(Permission.Converse)
  async sendMessage(
    @CurrentMember() member: MemberActor,
    @Args('input', { description: 'The message.' }) input: SendMessageInput,
  ): Promise<MessageType> {
    return MessageType.from(await this.send.execute(member, input));
  }

  @Mutation(() => MessageType, {
    description:
      'Puts a reaction on what a customer wrote; without an emoji, takes it off. Only what the platform took stands.',
  })
  @Allow(Permission.Converse)
  async reactToMessage(
    @CurrentMember() member: MemberActor,
    @Args('messageId', { type: () => ID, description: 'The message.' }) messageId: string,
    @Args('emoji', { type: () => String, nullable: true, description: 'One of those that the channel takes.' })
    emoji?: string | null,
  ): Promise<MessageType> {
    return MessageType.from(await this.reactions.run(member, messageId, emoji));
  }

  @Mutation(() => MessageType, {
    description: 'For a message in UNCONFIRMED or FAILED: a person decides that it goes out again.',
  })
  @Allow(Permission.Converse)
  async retryMessage(
    @CurrentMember() member: MemberActor,
    @Args('id', { type: () => ID, description: 'The message.' }) id: string,
  ): Promise<MessageType> {
    return MessageType.from(await this.change.retry(member, id));
  }

  @Mutation(() => MessageType, { description: 'For a message that is QUEUED or HELD.' })
  @Allow(Permission.Converse)
  async cancelMessage(
    @CurrentMember() member: MemberActor,
    @Args('id', { type: () => ID, description: 'The message.' }) id: string,
  ): Promise<MessageType> {
    return MessageType.from(await this.change.cancel(member, id));
  }
}
