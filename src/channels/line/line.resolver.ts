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
import { ConnectLineInput } from './connect-line.input.js';
import { ConnectLine } from './connect-line.js';

@Resolver(() => ChannelType)
export class LineResolver {
  constructor(
    private readonly channels: Channels,
    private readonly line: ConnectLine,
  ) {}

  @Mutation(() => ChannelType, {
    description: 'Connects a LINE Official Account, or connects it again with its history.',
  })
  @Allow(Permission.ManageChannels)
  async connectLine(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('input', { description: 'The account.' }) input: ConnectLineInput,
  ): Promise<ChannelType> {
    return this.channels.typeOf(await this.line.run(member, request.origin, input));
  }
}
