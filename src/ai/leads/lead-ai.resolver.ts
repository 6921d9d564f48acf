import { Args, Context, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { LeadType } from '../../leads/index.js';
import { Allow, CurrentMember, type MemberActor, Permission, RequestContext } from '../../platform/access/index.js';
import { DraftType } from '../drafting/draft.type.js';
import { DraftLeadReply } from './draft-lead-reply.js';
import { LeadDraftLoader } from './lead-draft.loader.js';

/** What the AI adds to a lead. */
@Resolver(() => LeadType)
export class LeadAiResolver {
  constructor(
    private readonly draft: DraftLeadReply,
    private readonly drafts: LeadDraftLoader,
  ) {}

  @Mutation(() => DraftType, {
    description:
      'Drafts a reply to a lead now, as draftReply does in a conversation: of what they sent in, a model is given the message. It takes the place of the draft before.',
  })
  @Allow(Permission.UseAi)
  async draftLeadReply(
    @CurrentMember() member: MemberActor,
    @Args('leadId', { type: () => ID, description: 'The lead.' }) leadId: string,
    @Args('instruction', {
      type: () => String,
      nullable: true,
      description: 'What is wanted of this draft, in your own words, at most 1,000 characters.',
    })
    instruction?: string | null,
  ): Promise<DraftType> {
    return DraftType.from(await this.draft.run(member, leadId, instruction ?? null));
  }

  @ResolveField(() => DraftType, {
    nullable: true,
    description:
      'The reply that is proposed now, or that is being written; one that came to nothing (FAILED), until it is discarded or the lead is answered.',
  })
  async reply(@Parent() lead: LeadType, @Context() context: RequestContext): Promise<DraftType | null> {
    const row = await this.drafts.load(context, lead.id);
    return row === null ? null : DraftType.from(row);
  }
}
