import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  type RequestContext,
} from '../platform/access/index.js';
import { ChannelType } from './channel.type.js';
import { Channels } from './channels.js';
import { DisconnectChannel } from './disconnect-channel.js';
import { ListChannels } from './list-channels.js';
import { ListTokenUses } from './list-token-uses.js';
import { TokenUseConnection } from './token-use.type.js';
import { UpdateChannel } from './update-channel.js';

@Resolver(() => ChannelType)
export class ChannelResolver {
  constructor(
    private readonly channels: Channels,
    private readonly list: ListChannels,
    private readonly update: UpdateChannel,
    private readonly disconnect: DisconnectChannel,
    private readonly uses: ListTokenUses,
  ) {}

  @Query(() => [ChannelType], {
    name: 'channels',
    description: 'Every channel of the workspace, those that were disconnected included.',
  })
  @Allow(Permission.Read)
  async all(@CurrentMember() member: MemberActor): Promise<ChannelType[]> {
    return (await this.list.all(member)).map((channel) => this.channels.typeOf(channel));
  }

  @Query(() => ChannelType, {
    nullable: true,
    description: 'One channel; null where the workspace has none with this id.',
  })
  @Allow(Permission.Read)
  async channel(
    @CurrentMember() member: MemberActor,
    @Args('id', { type: () => ID, description: 'The channel.' }) id: string,
  ): Promise<ChannelType | null> {
    const channel = await this.list.one(member, id);
    return channel === null ? null : this.channels.typeOf(channel);
  }

  @Query(() => TokenUseConnection, { description: 'Each time the token of a channel was opened, the latest first.' })
  @Allow(Permission.ManageChannels)
  tokenUses(
    @CurrentMember() member: MemberActor,
    @Args('channelId', { type: () => ID, description: 'The channel.' }) channelId: string,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50, description: 'How many, 100 at the most.' })
    first: number | null,
    @Args('after', { type: () => String, nullable: true, description: 'The end of the page before.' })
    after?: string | null,
  ): Promise<TokenUseConnection> {
    return this.uses.run(member, channelId, first, after);
  }

  @Mutation(() => ChannelType, { description: 'Changes what the workspace calls a channel, and what it keeps.' })
  @Allow(Permission.ManageChannels)
  async updateChannel(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'The channel.' }) id: string,
    @Args('name', { type: () => String, nullable: true, description: 'Its new name; left out, nothing changes.' })
    name?: string | null,
    @Args('keepsSent', {
      type: () => Boolean,
      nullable: true,
      description: 'Of a mailbox: whether copies of answers are put among what was sent there.',
    })
    keepsSent?: boolean | null,
  ): Promise<ChannelType> {
    const wanted = { name: name ?? null, keepsSent: keepsSent ?? null };
    return this.channels.typeOf(await this.update.run(member, request.origin, id, wanted));
  }

  @Mutation(() => ChannelType, {
    description:
      'Ends our access at the platform and stops its webhooks. The history stays unless deleteHistory; connecting the account again revives the channel.',
  })
  @Allow(Permission.ManageChannels)
  async disconnectChannel(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'The channel.' }) id: string,
    @Args('deleteHistory', {
      type: () => Boolean,
      nullable: true,
      defaultValue: false,
      description: 'Whether its conversations are deleted too.',
    })
    deleteHistory: boolean | null,
  ): Promise<ChannelType> {
    return this.channels.typeOf(await this.disconnect.run(member, request.origin, id, deleteHistory ?? false));
  }
}
