import { Args, Mutation, Resolver } from '@nestjs/graphql';
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
import { ConnectTelegramInput } from './connect-telegram.input.js';
import { ConnectTelegram } from './connect-telegram.js';

@Resolver(() => ChannelType)
export class TelegramResolver {
  constructor(
    private readonly channels: Channels,
    private readonly telegram: ConnectTelegram,
  ) {}

  @Mutation(() => ChannelType, { description: 'Connects a Telegram bot, or connects it again with its history.' })
  @Allow(Permission.ManageChannels)
  async connectTelegram(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('input', { description: 'The bot.' }) input: ConnectTelegramInput,
  ): Promise<ChannelType> {
    return this.channels.typeOf(await this.telegram.run(member, request.origin, input));
  }
}
