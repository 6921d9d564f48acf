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
import { ConnectEmailInput } from './connect-email.input.js';
import { ConnectEmail } from './connect-email.js';

@Resolver(() => ChannelType)
export class EmailResolver {
  constructor(
    private readonly channels: Channels,
    private readonly email: ConnectEmail,
  ) {}

  @Mutation(() => ChannelType, {
    description: 'Connects a mailbox, or connects it again with its history. Both servers are tried first.',
  })
  @Allow(Permission.ManageChannels)
  async connectEmail(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('input', { description: 'The mailbox.' }) input: ConnectEmailInput,
  ): Promise<ChannelType> {
    return this.channels.typeOf(await this.email.run(member, request.origin, input));
  }
}
