import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import type { ErasedSubject } from '../erasure/index.js';
import { EraseByHand } from './erase-by-hand.js';
import { PrivacyRequestType } from './privacy-request.type.js';

/** What members erase by hand. */
@Resolver()
export class EraseResolver {
  constructor(
    private readonly erasing: EraseByHand,
    private readonly config: Config,
  ) {}

  @Mutation(() => PrivacyRequestType, {
    description:
      'Erases a contact with everything that was written with them, whomever they were merged with included.',
  })
  @Allow(Permission.HandlePrivacy)
  eraseContact(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('contactId', { type: () => ID, description: 'Whom.' }) contactId: string,
  ): Promise<PrivacyRequestType> {
    return this.erase(member, request, { scope: 'CONTACT', contactIds: [contactId.toLowerCase()] });
  }

  @Mutation(() => PrivacyRequestType, {
    description: 'Erases one conversation with its notes, drafts and files; the contact stays.',
  })
  @Allow(Permission.HandlePrivacy)
  deleteConversation(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'Which.' }) id: string,
    @Args('withLeads', {
      type: () => Boolean,
      nullable: true,
      defaultValue: true,
      description: 'Whether the leads that came of it go too.',
    })
    withLeads: boolean | null | undefined,
  ): Promise<PrivacyRequestType> {
    return this.erase(member, request, {
      scope: 'CONVERSATION',
      conversationId: id.toLowerCase(),
      withLeads: withLeads ?? true,
    });
  }

  @Mutation(() => PrivacyRequestType, {
    description: 'Erases one lead; a contact of whom nothing else is known goes with it.',
  })
  @Allow(Permission.HandlePrivacy)
  deleteLead(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'Which.' }) id: string,
  ): Promise<PrivacyRequestType> {
    return this.erase(member, request, { scope: 'LEAD', leadId: id.toLowerCase() });
  }

  private async erase(member: MemberActor, request: RequestContext, what: ErasedSubject): Promise<PrivacyRequestType> {
    return PrivacyRequestType.from(await this.erasing.run(member, request.origin, what), this.config.publicUrl);
  }
}
