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
import { BulkResult } from './bulk-result.type.js';
import { UpdateConversations } from './update-conversations.js';

/** What members do with many conversations at once. */
@Resolver()
export class UpdateConversationsResolver {
  constructor(private readonly update: UpdateConversations) {}

  @Mutation(() => BulkResult, {
    description:
      'Changes at most 200 conversations together; what could not be changed is named. What is left out stays as it is.',
  })
  @Allow(Permission.Converse)
  async updateConversations(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('ids', { type: () => [ID], description: 'The conversations.' }) ids: string[],
    @Args('status', { type: () => ConversationStatus, nullable: true, description: 'Where they stand from now on.' })
    status: ConversationStatus | null | undefined,
    @Args('snoozedUntil', {
      type: () => Date,
      nullable: true,
      description: 'For SNOOZED: when they open again, within a year.',
    })
    snoozedUntil: Date | null | undefined,
    @Args('assigneeId', { type: () => ID, nullable: true, description: 'Whose they are; null for nobody’s.' })
    assigneeId: string | null | undefined,
    @Args('addTags', { type: () => [String], nullable: true, description: 'Labels that they get beside their own.' })
    addTags: string[] | null | undefined,
    @Args('removeTags', { type: () => [String], nullable: true, description: 'Labels that they lose.' })
    removeTags: string[] | null | undefined,
    @Args('priority', { type: () => Priority, nullable: true, description: 'How pressing they are.' })
    priority: Priority | null | undefined,
    @Args('spam', { type: () => Boolean, nullable: true, description: 'Whether they are spam.' })
    spam: boolean | null | undefined,
  ): Promise<BulkResult> {
    const wanted = { status, snoozedUntil, assigneeId, addTags, removeTags, priority, spam };
    const { changed, refused } = await this.update.run(member, request.origin, ids, wanted);
    return { changed: changed.map((row) => ConversationType.from(row)), refused };
  }
}
