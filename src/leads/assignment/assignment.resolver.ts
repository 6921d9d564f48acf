import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { MemberLoader, MemberType } from '../../accounts/index.js';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { LeadSource } from '../enums.js';
import { LeadAssignmentMode, LeadAssignmentType } from './assignment.type.js';
import { SetAssignment } from './set-assignment.js';

/** Who gets new leads. */
@Resolver(() => LeadAssignmentType)
export class AssignmentResolver {
  constructor(
    private readonly assignment: SetAssignment,
    private readonly loader: MemberLoader,
  ) {}

  @Query(() => LeadAssignmentType, { description: 'Who gets new leads.' })
  @Allow(Permission.Read)
  async leadAssignment(@CurrentMember() member: MemberActor): Promise<LeadAssignmentType> {
    return LeadAssignmentType.from(await this.assignment.get(member));
  }

  @Mutation(() => LeadAssignmentType, {
    description:
      'Says who gets new leads. Those who are away, whose seat is paused or who have left are passed over; where nobody is left the lead is nobody’s.',
  })
  @Allow(Permission.ManageWorkspace)
  async setLeadAssignment(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('mode', { type: () => LeadAssignmentMode, description: 'How.' }) mode: LeadAssignmentMode,
    @Args('memberIds', {
      type: () => [ID],
      nullable: true,
      description: 'Among whom, 200 at most; as they are when left out.',
    })
    memberIds: string[] | null | undefined,
    @Args('sources', {
      type: () => [LeadSource],
      nullable: true,
      description: 'Which leads, by where they came from; as they are when left out.',
    })
    sources: LeadSource[] | null | undefined,
  ): Promise<LeadAssignmentType> {
    return LeadAssignmentType.from(await this.assignment.run(member, request.origin, { mode, memberIds, sources }));
  }

  @ResolveField(() => [MemberType], { description: 'Among whom.' })
  async members(
    @Parent() { memberIds }: LeadAssignmentType,
    @Context() context: RequestContext,
  ): Promise<MemberType[]> {
    const rows = await Promise.all(memberIds.map((id) => this.loader.load(context, id)));
    return rows.filter((row) => row !== null).map((row) => MemberType.from(row));
  }
}
