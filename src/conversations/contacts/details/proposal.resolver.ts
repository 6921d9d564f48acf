import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../../platform/access/index.js';
import { ContactType } from '../../contact.type.js';
import { MessageLoader } from '../../message.loader.js';
import { MessageType } from '../../message.type.js';
import { ApplyDetail } from './apply-detail.js';
import { ChatDetailRules } from './chat-detail-rules.js';
import { ContactDetailKind } from './proposal.row.js';
import { ChatDetailRule, ContactProposalType } from './proposal.type.js';
import { ProposalsLoader } from './proposals.loader.js';

/** What contacts wrote of themselves, on the contact. */
@Resolver(() => ContactType)
export class ContactProposalsResolver {
  constructor(private readonly loader: ProposalsLoader) {}

  @ResolveField(() => [ContactProposalType], {
    description: 'What they wrote of themselves and nobody has kept or put away yet, the oldest first.',
  })
  async proposals(@Parent() { id }: ContactType, @Context() context: RequestContext): Promise<ContactProposalType[]> {
    return ((await this.loader.load(context, id)) ?? []).map((row) => ContactProposalType.from(row));
  }
}

/** What members do with what contacts wrote of themselves. */
@Resolver(() => ContactProposalType)
export class ProposalResolver {
  constructor(
    private readonly detail: ApplyDetail,
    private readonly rules: ChatDetailRules,
    private readonly messages: MessageLoader,
  ) {}

  @ResolveField(() => MessageType, { nullable: true, description: 'The message that says it; null once it is gone.' })
  async message(
    @Parent() { messageId }: ContactProposalType,
    @Context() context: RequestContext,
  ): Promise<MessageType | null> {
    const row = await this.messages.load(context, messageId);
    return row === null ? null : MessageType.from(row);
  }

  @Query(() => ChatDetailRule, { description: 'What becomes of details that contacts write of themselves.' })
  @Allow(Permission.Read)
  chatDetailRule(@CurrentMember() member: MemberActor): Promise<ChatDetailRule> {
    return this.rules.get(member);
  }

  @Mutation(() => ContactType, {
    description:
      'Keeps of the contact what they wrote of themselves: an address beside those that are known, a name in place of the one that was.',
  })
  @Allow(Permission.Converse)
  async applyContactProposal(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'The proposal.' }) id: string,
  ): Promise<ContactType> {
    return ContactType.from(await this.detail.apply(member, request.origin, id));
  }

  @Mutation(() => ContactType, {
    description: 'Puts away what a contact wrote of themselves; the same is not proposed again.',
  })
  @Allow(Permission.Converse)
  async dismissContactProposal(
    @CurrentMember() member: MemberActor,
    @Args('id', { type: () => ID, description: 'The proposal.' }) id: string,
  ): Promise<ContactType> {
    return ContactType.from(await this.detail.dismiss(member, id));
  }

  @Mutation(() => ChatDetailRule, { description: 'Sets what becomes of details that contacts write of themselves.' })
  @Allow(Permission.ManageContent)
  setChatDetailRule(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('applied', {
      type: () => [ContactDetailKind],
      description: 'Which are kept without anybody looking, where nothing of the kind is known yet.',
    })
    applied: ContactDetailKind[],
    @Args('country', {
      type: () => String,
      nullable: true,
      description: 'In which country numbers without a country code are, such as TR; left out, as the language says.',
    })
    country: string | null | undefined,
  ): Promise<ChatDetailRule> {
    return this.rules.set(member, { applied, country: country ?? null }, request.origin);
  }
}
