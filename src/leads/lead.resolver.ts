import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { MemberLoader, MemberType } from '../accounts/index.js';
import { ContactLoader, ContactType } from '../conversations/index.js';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../platform/access/index.js';
import { CreateLead } from './create-lead.js';
import { CreateLeadInput } from './create-lead.input.js';
import { LeadLoader } from './lead.loader.js';
import { LeadConnection, LeadType } from './lead.type.js';
import { LeadFilter } from './listing/lead-filter.input.js';
import { ListLeads } from './listing/list-leads.js';
import { UpdateLead } from './update-lead.js';
import { UpdateLeadInput } from './update-lead.input.js';

@Resolver(() => LeadType)
export class LeadResolver {
  constructor(
    private readonly list: ListLeads,
    private readonly loader: LeadLoader,
    private readonly create: CreateLead,
    private readonly update: UpdateLead,
  ) {}

  @Query(() => LeadConnection, { description: 'Who is interested, the newest first.' })
  @Allow(Permission.Read)
  async leads(
    @CurrentMember() member: MemberActor,
    @Args('filter', { type: () => LeadFilter, nullable: true, description: 'Which.' })
    filter: LeadFilter | null | undefined,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 25, description: 'How many, 100 at most.' })
    first: number | null | undefined,
    @Args('after', { type: () => String, nullable: true, description: 'The endCursor of the page before.' })
    after: string | null | undefined,
  ): Promise<LeadConnection> {
    const page = await this.list.run(member, { filter, first, after });
    return { nodes: page.nodes.map((row) => LeadType.from(row)), pageInfo: page.pageInfo, totalCount: null };
  }

  @Query(() => LeadType, { nullable: true, description: 'One lead; null where the workspace has none with this id.' })
  @Allow(Permission.Read)
  async lead(
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'The lead.' }) id: string,
  ): Promise<LeadType | null> {
    const row = await this.loader.load(request, id.toLowerCase());
    return row === null ? null : LeadType.from(row);
  }

  @Mutation(() => LeadType, { description: 'Writes down that somebody is interested.' })
  @Allow(Permission.Converse)
  async createLead(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('input', { type: () => CreateLeadInput, description: 'Who, and in what.' }) input: CreateLeadInput,
  ): Promise<LeadType> {
    return LeadType.from(await this.create.run(member, request.origin, input));
  }

  @Mutation(() => LeadType, { description: 'Moves a lead on, gives it to a member, or puts right what it says.' })
  @Allow(Permission.Converse)
  async updateLead(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('input', { type: () => UpdateLeadInput, description: 'What it is to be.' }) input: UpdateLeadInput,
  ): Promise<LeadType> {
    return LeadType.from(await this.update.run(member, request.origin, input));
  }
}

/** Whose a lead is. */
@Resolver(() => LeadType)
export class LeadFieldsResolver {
  constructor(
    private readonly contacts: ContactLoader,
    private readonly members: MemberLoader,
  ) {}

  @ResolveField(() => ContactType, { description: 'Who is interested.' })
  async contact(@Parent() lead: LeadType, @Context() context: RequestContext): Promise<ContactType> {
    const row = await this.contacts.load(context, lead.contactId);
    if (row === null) throw new Error(`Lead ${lead.id} names a contact that is not there.`);
    return ContactType.from(row);
  }

  @ResolveField(() => MemberType, { nullable: true, description: 'The member whose it is; null while it is nobody’s.' })
  async owner(@Parent() { ownerId }: LeadType, @Context() context: RequestContext): Promise<MemberType | null> {
    const row = ownerId === null ? null : await this.members.load(context, ownerId);
    return row === null ? null : MemberType.from(row);
  }
}
