import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../../platform/access/index.js';
import { ConversationFilter, ConversationOrder } from '../conversation-filter.input.js';
import { SavedViewType } from './saved-view.type.js';
import { SavedViews } from './saved-views.js';

@Resolver(() => SavedViewType)
export class SavedViewResolver {
  constructor(private readonly views: SavedViews) {}

  @Query(() => [SavedViewType], {
    description: 'The filters of the inbox that are kept under a name: the shared ones, then your own.',
  })
  @Allow(Permission.Read)
  async savedViews(@CurrentMember() member: MemberActor): Promise<SavedViewType[]> {
    return (await this.views.list(member)).map((row) => SavedViewType.from(row));
  }

  @Mutation(() => SavedViewType, {
    description:
      'Keeps a filter under a name, or with an id changes that view. Whoever may manage content may share one with everybody, and change those that are shared.',
  })
  @Allow(Permission.Read)
  async saveView(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, nullable: true, description: 'Which to change; without it, a new one.' })
    id: string | null | undefined,
    @Args('name', { type: () => String, description: 'What it is called, in 60 characters at most.' }) name: string,
    @Args('filter', { type: () => ConversationFilter, description: 'Which conversations it shows.' })
    filter: ConversationFilter,
    @Args('order', { type: () => ConversationOrder, nullable: true, description: 'Which come first.' })
    order: ConversationOrder | null | undefined,
    @Args('shared', { type: () => Boolean, nullable: true, description: 'Whether every member has it.' })
    shared: boolean | null | undefined,
  ): Promise<SavedViewType> {
    return SavedViewType.from(await this.views.save(member, { id, name, filter, order, shared }, request.origin));
  }

  @Mutation(() => Boolean, { description: 'Removes a view.' })
  @Allow(Permission.Read)
  deleteView(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'Which.' }) id: string,
  ): Promise<boolean> {
    return this.views.remove(member, id, request.origin);
  }
}
