import { Args, Context, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ChannelType, Channels } from '../../channels/index.js';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { LeadTroubleLoader } from './lead-trouble.loader.js';
import { LeadTroubleType } from './lead-trouble.type.js';
import { RetryLeads } from './retry-leads.js';

/** Leads of a channel's adverts that did not come in, and how they do after all. */
@Resolver(() => ChannelType)
export class LeadTroubleResolver {
  constructor(
    private readonly trouble: LeadTroubleLoader,
    private readonly retrying: RetryLeads,
    private readonly channels: Channels,
  ) {}

  @ResolveField(() => [LeadTroubleType], {
    description: 'Filled forms of adverts that could not be fetched, by why. They are kept for 90 days.',
  })
  async leadTrouble(@Parent() { id }: ChannelType, @Context() context: RequestContext): Promise<LeadTroubleType[]> {
    return (await this.trouble.load(context, id)) ?? [];
  }

  @Mutation(() => ChannelType, {
    description: 'Fetches once more what could not be fetched of the forms of a channel’s adverts.',
  })
  @Allow(Permission.ManageChannels)
  async retryLeads(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('channelId', { type: () => ID, description: 'The channel.' }) channelId: string,
  ): Promise<ChannelType> {
    return this.channels.typeOf(await this.retrying.run(member, request.origin, channelId));
  }
}
