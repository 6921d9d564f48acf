import { Args, ID, Info, Int, Query, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { selectedFields } from '../../platform/graphql/index.js';
import { ConversationLoader } from '../conversation.loader.js';
import { ConversationConnection, ConversationType } from '../conversation.type.js';
import { InboxCountsType } from '../inbox-counts.type.js';
import { ConversationFilter, ConversationOrder } from './conversation-filter.input.js';
import { relationsIn } from './conversation-relations.js';
import { CountInbox } from './count-inbox.js';
import { ListConversations } from './list-conversations.js';
import { RelatedLoaders } from './related-loaders.js';

/** What of the inbox can be asked for. */
@Resolver(() => ConversationType)
export class ConversationResolver {
  constructor(
    private readonly list: ListConversations,
    private readonly loader: ConversationLoader,
    private readonly counts: CountInbox,
    private readonly related: RelatedLoaders,
  ) {}

  @Query(() => ConversationConnection, {
    description: 'The conversations that a filter lets through, a page at a time.',
  })
  @Allow(Permission.Read)
  async conversations(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('filter', { type: () => ConversationFilter, nullable: true, description: 'Which; without it all but spam.' })
    filter: ConversationFilter | null | undefined,
    @Args('order', {
      type: () => ConversationOrder,
      nullable: true,
      defaultValue: ConversationOrder.LAST_ACTIVITY,
      description: 'Which come first.',
    })
    order: ConversationOrder | null | undefined,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 25, description: 'How many, 100 at most.' })
    first: number | null | undefined,
    @Args('after', { type: () => String, nullable: true, description: 'The endCursor of the page before.' })
    after: string | null | undefined,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ConversationConnection> {
    const relations = relationsIn(selectedFields(info));
    const page = await this.list.run(member, { filter, order, first, after }, relations);
    this.related.prime(request, relations, page.nodes);
    const nodes = page.nodes.map(({ row }) => ConversationType.from(row));
    return { nodes, pageInfo: page.pageInfo, totalCount: null };
  }

  @Query(() => ConversationType, {
    nullable: true,
    description: 'One conversation; null where the workspace has none with this id.',
  })
  @Allow(Permission.Read)
  async conversation(
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'The conversation.' }) id: string,
  ): Promise<ConversationType | null> {
    const row = await this.loader.load(request, id.toLowerCase());
    return row === null ? null : ConversationType.from(row);
  }

  @Query(() => InboxCountsType, { description: 'The numbers beside the views of the inbox.' })
  @Allow(Permission.Read)
  inboxCounts(@CurrentMember() member: MemberActor): Promise<InboxCountsType> {
    return this.counts.run(member);
  }
}
