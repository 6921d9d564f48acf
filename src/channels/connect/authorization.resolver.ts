import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  type RequestContext,
} from '../../platform/access/index.js';
import { notFound } from '../../platform/errors/index.js';
import { ChannelType } from '../channel.type.js';
import { Channels } from '../channels.js';
import { ChannelKind } from '../enums.js';
import { Authorizations } from './authorizations.js';
import { ChannelAuthorization } from './channel-authorization.type.js';
import { CompleteAuthorization } from './complete-authorization.js';
import { ConsentFlows } from './consent-flows.js';
import { ReadAuthorization, begun } from './read-authorization.js';
import { ReturnFromConsent } from './return-from-consent.js';

const stateWords = 'What startChannelAuthorization gave.';

@Resolver(() => ChannelAuthorization)
export class AuthorizationResolver {
  constructor(
    private readonly channels: Channels,
    private readonly flows: ConsentFlows,
    private readonly authorizations: Authorizations,
    private readonly read: ReadAuthorization,
    private readonly back: ReturnFromConsent,
    private readonly complete: CompleteAuthorization,
  ) {}

  @Query(() => ChannelAuthorization, {
    nullable: true,
    description: 'A connection under way; null where this session began none with this state, or it has run out.',
  })
  @Allow(Permission.ManageChannels)
  channelAuthorization(
    @CurrentMember() member: MemberActor,
    @Args('state', { type: () => String, description: stateWords }) state: string,
  ): Promise<ChannelAuthorization | null> {
    return this.read.run(member, state);
  }

  @Mutation(() => ChannelAuthorization, { description: 'Begins a connection by the platform’s own consent page.' })
  @Allow(Permission.ManageChannels)
  async startChannelAuthorization(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('kind', { type: () => ChannelKind, description: 'What is to be connected.' }) kind: ChannelKind,
  ): Promise<ChannelAuthorization> {
    const flow = this.flows.for(kind);
    return begun(flow, await this.authorizations.start(member, request.origin, flow));
  }

  @Mutation(() => ChannelAuthorization, {
    description: 'Hands over what WhatsApp’s sign-up window gave. Its code lives 30 seconds.',
  })
  @Allow(Permission.ManageChannels)
  async completeWhatsAppSignup(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('state', { type: () => String, description: stateWords }) state: string,
    @Args('code', { type: () => String, description: 'The code of the window.' }) code: string,
    @Args('wabaId', {
      type: () => ID,
      nullable: true,
      description: 'The business account that the window named; the platform is asked whether it is so.',
    })
    wabaId?: string | null,
    @Args('phoneNumberId', { type: () => ID, nullable: true, description: 'The number that it named; as above.' })
    phoneNumberId?: string | null,
  ): Promise<ChannelAuthorization> {
    const said = {
      ...(typeof wabaId === 'string' && { wabaId }),
      ...(typeof phoneNumberId === 'string' && { phoneNumberId }),
    };
    await this.back.byWindow(member, request.origin, state, { code, by: 'window', said });
    const authorization = await this.read.run(member, state);
    if (authorization === null) throw notFound('Authorization');
    return authorization;
  }

  @Mutation(() => [ChannelType], {
    description: 'Connects the chosen accounts; one that was connected before keeps its history and settings.',
  })
  @Allow(Permission.ManageChannels)
  async completeChannelAuthorization(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('state', { type: () => String, description: stateWords }) state: string,
    @Args('externalIds', { type: () => [String], description: 'The chosen ones among the options.' })
    externalIds: string[],
  ): Promise<ChannelType[]> {
    const connected = await this.complete.run(member, request.origin, state, externalIds);
    return connected.map((channel) => this.channels.typeOf(channel));
  }
}
