import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import { ContactType } from '../../conversations/index.js';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { AskForProof } from './ask-for-proof.js';
import { ExtendRequest } from './extend-request.js';
import { LiftRestriction } from './lift-restriction.js';
import { MatchRequest } from './match-request.js';
import { OpenPrivacyRequest } from './open-privacy-request.js';
import { OpenPrivacyRequestInput } from './open-privacy-request.input.js';
import { PrivacyRequestType } from './privacy-request.type.js';
import { RejectRequest } from './reject-request.js';
import type { RequestRow } from './request.row.js';
import { VerifyRequest } from './verify-request.js';

const requestId = () => Args('id', { type: () => ID, description: 'The request.' });
const words = (name: string, description: string) => Args(name, { type: () => String, description });

/** What members do with requests. */
@Resolver()
export class SettleRequestsResolver {
  constructor(
    private readonly opening: OpenPrivacyRequest,
    private readonly verifying: VerifyRequest,
    private readonly rejecting: RejectRequest,
    private readonly extending: ExtendRequest,
    private readonly matching: MatchRequest,
    private readonly asking: AskForProof,
    private readonly lifting: LiftRestriction,
    private readonly config: Config,
  ) {}

  @Mutation(() => PrivacyRequestType, { description: 'Writes down what somebody asked for; its clock starts now.' })
  @Allow(Permission.HandlePrivacy)
  openPrivacyRequest(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('input', { type: () => OpenPrivacyRequestInput, description: 'What was asked for.' })
    input: OpenPrivacyRequestInput,
  ): Promise<PrivacyRequestType> {
    return this.shown(this.opening.run(member, request.origin, input));
  }

  @Mutation(() => PrivacyRequestType, {
    description: 'Vouches for who asks, where the way it came does not prove it, and says how that is known.',
  })
  @Allow(Permission.HandlePrivacy)
  verifyPrivacyRequest(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @requestId() id: string,
    @words('evidence', 'How you know.') evidence: string,
  ): Promise<PrivacyRequestType> {
    return this.shown(this.verifying.run(member, request.origin, id, evidence));
  }

  @Mutation(() => PrivacyRequestType, {
    description: 'Refuses a request; whoever asked is told the reason and that they may complain.',
  })
  @Allow(Permission.HandlePrivacy)
  rejectPrivacyRequest(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @requestId() id: string,
    @words('reason', 'Why; it is sent to them.') reason: string,
  ): Promise<PrivacyRequestType> {
    return this.shown(this.rejecting.run(member, request.origin, id, reason));
  }

  @Mutation(() => PrivacyRequestType, {
    description: 'Takes longer for a request; whoever asked is told the reason and the new date in writing.',
  })
  @Allow(Permission.HandlePrivacy)
  extendPrivacyRequest(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @requestId() id: string,
    @words('reason', 'Why; it is sent to them.') reason: string,
    @Args('until', {
      type: () => Date,
      nullable: true,
      description: 'The new date, 90 days after it came at the latest; that is the date where none is given.',
    })
    until?: Date | null,
  ): Promise<PrivacyRequestType> {
    return this.shown(this.extending.run(member, request.origin, id, reason, until));
  }

  @Mutation(() => PrivacyRequestType, { description: 'Says which contacts a request is about.' })
  @Allow(Permission.HandlePrivacy)
  matchPrivacyRequest(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @requestId() id: string,
    @Args('contactIds', { type: () => [ID], description: 'The contacts; 20 at most.' }) contactIds: string[],
  ): Promise<PrivacyRequestType> {
    return this.shown(this.matching.run(member, request.origin, id, contactIds));
  }

  @Mutation(() => PrivacyRequestType, {
    description: 'Asks who it is: the address that was given gets a mail with a link that proves it, for 30 days.',
  })
  @Allow(Permission.HandlePrivacy)
  askForProof(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @requestId() id: string,
    @words('message', 'What is asked; it is sent to them.') message: string,
  ): Promise<PrivacyRequestType> {
    return this.shown(this.asking.run(member, request.origin, id, message));
  }

  @Mutation(() => ContactType, { description: "Lets a contact's data be used again." })
  @Allow(Permission.HandlePrivacy)
  liftRestriction(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('contactId', { type: () => ID, description: 'The contact.' }) contactId: string,
  ): Promise<ContactType> {
    return this.lifting.run(member, request.origin, contactId);
  }

  private async shown(row: Promise<RequestRow>): Promise<PrivacyRequestType> {
    return PrivacyRequestType.from(await row, this.config.publicUrl);
  }
}
