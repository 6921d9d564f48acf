import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow, CurrentMember, CurrentRequest, type MemberActor, Permission, type RequestContext } from '../platform/access/index.js';
import { ChannelType } from './channel.type.js';
import { Channels } from './channels.js';
import { ListChannels } from './list-channels.js';
import { ConnectWhatsApp } from './meta/connect-whats-app.js';
import { ConnectWhatsAppInput } from './meta/connect-whats-app.input.js';

@Resolver(() => ChannelType)
export class ChannelResolver {
  constructor(
    private readonly channels: Channels,
    private readonly list: ListChannels,
    private readonly connectWhatsAppNumber: ConnectWhatsApp,
  ) {}

  @Query(() => [ChannelType], { name: 'channels', description: 'Every channel of the workspace, those that were disconnected included.' })
  @Allow(Permission.Read)
  async all(@CurrentMember() member: MemberActor): Promise<ChannelType[]> {
    return (await this.list.all(member)).map((channel) => this.channels.typeOf(channel));
  }

  @Query(() => ChannelType, { nullable: true, description: 'One channel; null where the workspace has none with this id.' })
  @Allow(Permission.Read)
  async channel(@CurrentMember() member: MemberActor, @Args('id', { type: () => ID, description: 'The channel.' }) id: string): Promise<ChannelType | null> {
    const channel = await this.list.one(member, id);
    return channel === null ? null : this.channels.typeOf(channel);
  }

  @Mutation(() => ChannelType, { description: 'Connects a WhatsApp phone number, or connects it again with its history.' })
  @Allow(Permission.ManageChannels)
  async connectWhatsApp(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('input', { description: 'The number and its token.' }) input: ConnectWhatsAppInput,
  ): Promise<ChannelType> {
    return this.channels.typeOf(await this.connectWhatsAppNumber.run(member, request.origin, input));
  }
}
