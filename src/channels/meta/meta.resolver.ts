import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  type RequestContext,
} from '../../platform/access/index.js';
import { ChannelType } from '../channel.type.js';
import { Channels } from '../channels.js';
import { ConnectInstagramInput } from './connect-instagram.input.js';
import { ConnectInstagram } from './connect-instagram.js';
import { ConnectMessengerInput } from './connect-messenger.input.js';
import { ConnectMessenger } from './connect-messenger.js';
import { ConnectWhatsAppInput } from './connect-whats-app.input.js';
import { ConnectWhatsApp } from './connect-whats-app.js';
import { RegisterWhatsAppNumber } from './register-whats-app-number.js';

@Resolver(() => ChannelType)
export class MetaResolver {
  constructor(
    private readonly channels: Channels,
    private readonly messenger: ConnectMessenger,
    private readonly instagram: ConnectInstagram,
    private readonly whatsApp: ConnectWhatsApp,
    private readonly register: RegisterWhatsAppNumber,
  ) {}

  @Mutation(() => ChannelType, {
    description: 'Connects the Messenger of a Facebook Page, or connects it again with its history.',
  })
  @Allow(Permission.ManageChannels)
  async connectMessenger(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('input', { description: 'The Page and its token.' }) input: ConnectMessengerInput,
  ): Promise<ChannelType> {
    return this.channels.typeOf(await this.messenger.run(member, request.origin, input));
  }

  @Mutation(() => ChannelType, {
    description: 'Connects an Instagram professional account, or connects it again with its history.',
  })
  @Allow(Permission.ManageChannels)
  async connectInstagram(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('input', { description: 'The account and its token.' }) input: ConnectInstagramInput,
  ): Promise<ChannelType> {
    return this.channels.typeOf(await this.instagram.run(member, request.origin, input));
  }

  @Mutation(() => ChannelType, {
    description: 'Connects a WhatsApp phone number, or connects it again with its history.',
  })
  @Allow(Permission.ManageChannels)
  async connectWhatsApp(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('input', { description: 'The number and its token.' }) input: ConnectWhatsAppInput,
  ): Promise<ChannelType> {
    return this.channels.typeOf(await this.whatsApp.run(member, request.origin, input));
  }

  @Mutation(() => ChannelType, {
    description: 'Registers a connected WhatsApp number for sending, which a number needs once.',
  })
  @Allow(Permission.ManageChannels)
  async registerWhatsAppNumber(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('channelId', { type: () => ID, description: 'The channel.' }) channelId: string,
    @Args('pin', {
      type: () => String,
      description:
        'Six digits: those of its two-step verification, or new ones that it is protected with from then on. They are kept nowhere.',
    })
    pin: string,
  ): Promise<ChannelType> {
    return this.channels.typeOf(await this.register.run(member, request.origin, channelId, pin));
  }
}
