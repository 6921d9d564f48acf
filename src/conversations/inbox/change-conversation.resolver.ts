import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  type RequestContext,
} from '../../platform/access/index.js';
import { ConversationType } from '../conversation.type.js';
import { ConversationStatus, Priority } from '../enums.js';
import { AssignConversation } from './assign-conversation.js';
import { MarkRead } from './mark-read.js';
import { MarkSpam } from './mark-spam.js';
import { SetConversationStatus } from './set-conversation-status.js';
import { SetPriority } from './set-priority.js';
import { TagConversation } from './tag-conversation.js';

const conversationArgument = { type: () => ID, description: 'The conversation.' } as const;

/** What members do with a conversation beside writing in it. */
@Resolver(() => ConversationType)
export class ChangeConversationResolver {
  constructor(
    private readonly statusOf: SetConversationStatus,
    private readonly priorityOf: SetPriority,
    private readonly assign: AssignConversation,
    private readonly tag: TagConversation,
    private readonly read: MarkRead,
    private readonly spam: MarkSpam,
  ) {}

  @Mutation(() => ConversationType, {
    description: 'Says that you have seen all of it; your mentions in it are seen too.',
  })
  @Allow(Permission.Converse)
  async markRead(
    @CurrentMember() member: MemberActor,
    @Args('conversationId', conversationArgument) conversationId: string,
  ): Promise<ConversationType> {
    return ConversationType.from(await this.read.run(member, conversationId));
  }

  @Mutation(() => ConversationType, {
    description:
      'Takes a conversation out of every list as spam, or brings it back as it was. No machine answers spam.',
  })
  @Allow(Permission.Converse)
  async markSpam(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('conversationId', conversationArgument) conversationId: string,
    @Args('spam', { type: () => Boolean, description: 'Whether it is spam.' }) spam: boolean,
  ): Promise<ConversationType> {
    return ConversationType.from(await this.spam.run(member, request.origin, conversationId, spam));
  }

  @Mutation(() => ConversationType, {
    description: 'Says where a conversation stands. RESOLVED: nobody waits any more.',
  })
  @Allow(Permission.Converse)
  async setConversationStatus(
    @CurrentMember() member: MemberActor,
    @Args('id', conversationArgument) id: string,
    @Args('status', { type: () => ConversationStatus, description: 'The new status.' }) status: ConversationStatus,
    @Args('snoozedUntil', {
      type: () => Date,
      nullable: true,
      description: 'For SNOOZED: when it opens again, within a year.',
    })
    snoozedUntil: Date | null | undefined,
  ): Promise<ConversationType> {
    return ConversationType.from(await this.statusOf.run(member, id, status, snoozedUntil));
  }

  @Mutation(() => ConversationType, { description: 'Says how pressing a conversation is.' })
  @Allow(Permission.Converse)
  async setPriority(
    @CurrentMember() member: MemberActor,
    @Args('id', conversationArgument) id: string,
    @Args('priority', { type: () => Priority, description: 'The new priority.' }) priority: Priority,
  ): Promise<ConversationType> {
    return ConversationType.from(await this.priorityOf.run(member, id, priority));
  }

  @Mutation(() => ConversationType, { description: 'Makes a conversation a member’s.' })
  @Allow(Permission.Converse)
  async assignConversation(
    @CurrentMember() member: MemberActor,
    @Args('id', conversationArgument) id: string,
    @Args('memberId', { type: () => ID, nullable: true, description: 'Whose it is from now on; without it, nobody’s.' })
    memberId: string | null | undefined,
  ): Promise<ConversationType> {
    return ConversationType.from(await this.assign.run(member, id, memberId));
  }

  @Mutation(() => ConversationType, { description: 'Gives a conversation these labels and no others.' })
  @Allow(Permission.Converse)
  async tagConversation(
    @CurrentMember() member: MemberActor,
    @Args('id', conversationArgument) id: string,
    @Args('tags', { type: () => [String], description: 'At most 20, each of at most 50 characters.' }) tags: string[],
  ): Promise<ConversationType> {
    return ConversationType.from(await this.tag.run(member, id, tags));
  }
}
