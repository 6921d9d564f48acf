import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { ChannelType, Channels } from '../../channels/index.js';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { LeadAdSettings } from './lead-ad-settings.js';
import { LeadFormType } from './lead-form.type.js';

const channelArgument = { type: () => ID, description: 'The channel.' };

/** Leads of adverts: whether they are taken, and of which forms. */
@Resolver(() => LeadFormType)
export class LeadAdsResolver {
  constructor(
    private readonly settings: LeadAdSettings,
    private readonly channels: Channels,
  ) {}

  @Query(() => [LeadFormType], { description: 'The forms of a channel’s adverts, as its platform has them now.' })
  @Allow(Permission.ManageChannels)
  leadForms(
    @CurrentMember() member: MemberActor,
    @Args('channelId', channelArgument) channelId: string,
  ): Promise<LeadFormType[]> {
    return this.settings.forms(member, channelId);
  }

  @Mutation(() => ChannelType, {
    description: 'Chooses the forms whose leads are taken. No selection takes every form.',
  })
  @Allow(Permission.ManageChannels)
  async setLeadForms(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('channelId', channelArgument) channelId: string,
    @Args('formIds', { type: () => [ID], description: 'The forms, as the platform calls them.' }) formIds: string[],
  ): Promise<ChannelType> {
    return this.channels.typeOf(await this.settings.choose(member, request.origin, channelId, formIds));
  }

  @Mutation(() => ChannelType, {
    description: 'Takes leads of a channel’s adverts, or takes them no more. What was sent in before stays.',
  })
  @Allow(Permission.ManageChannels)
  async setLeadAds(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('channelId', channelArgument) channelId: string,
    @Args('enabled', { type: () => Boolean, description: 'Whether they are taken.' }) enabled: boolean,
  ): Promise<ChannelType> {
    return this.channels.typeOf(await this.settings.enable(member, request.origin, channelId, enabled));
  }
}
