import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import { GraphQLJSON } from 'graphql-scalars';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { ChangeKind } from './change-kind.js';
import { PrivacyRequestKind } from './enums.js';
import { PrivacyRequestType } from './privacy-request.type.js';
import { RectifyRequest } from './rectify-request.js';

const requestId = () => Args('id', { type: () => ID, description: 'The request.' });

/** What members do where a request was made in words. */
@Resolver()
export class ChangeRequestsResolver {
  constructor(
    private readonly changing: ChangeKind,
    private readonly rectifying: RectifyRequest,
    private readonly config: Config,
  ) {}

  @Mutation(() => PrivacyRequestType, {
    description:
      'Says what a request asks for, once a person has read it; recorded. Where all else is known it is done at once.',
  })
  @Allow(Permission.HandlePrivacy)
  async changePrivacyRequestKind(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @requestId() id: string,
    @Args('kind', { type: () => PrivacyRequestKind, description: 'What it asks for.' }) kind: PrivacyRequestKind,
    @Args('reason', { type: () => String, description: 'How that is known.' }) reason: string,
  ): Promise<PrivacyRequestType> {
    const row = await this.changing.run(member, request.origin, id, kind, reason);
    return PrivacyRequestType.from(row, this.config.publicUrl);
  }

  @Mutation(() => PrivacyRequestType, {
    description: 'Puts right on the contact what a request asks to be put right, and closes it; whoever asked is told.',
  })
  @Allow(Permission.HandlePrivacy)
  async rectifyPrivacyRequest(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @requestId() id: string,
    @Args('rectification', {
      type: () => GraphQLJSON,
      description: 'What is right, under the names that updateContact has.',
    })
    rectification: unknown,
  ): Promise<PrivacyRequestType> {
    const row = await this.rectifying.run(member, request.origin, id, rectification);
    return PrivacyRequestType.from(row, this.config.publicUrl);
  }
}
