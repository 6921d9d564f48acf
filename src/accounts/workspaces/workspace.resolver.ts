import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  CurrentUser,
  type MemberActor,
  Permission,
  RequestContext,
  SignedIn,
  type UserActor,
} from '../../platform/access/index.js';
import { CreateWorkspace } from './create-workspace.js';
import { MemberType } from './member.type.js';
import { ReadWorkspace } from './read-workspace.js';
import { SetAvailability } from './set-availability.js';
import { UpdateWorkspaceInput } from './update-workspace.input.js';
import { UpdateWorkspace } from './update-workspace.js';
import { WorkspaceType } from './workspace.type.js';

@Resolver(() => WorkspaceType)
export class WorkspaceResolver {
  constructor(
    private readonly read: ReadWorkspace,
    private readonly create: CreateWorkspace,
    private readonly update: UpdateWorkspace,
    private readonly availability: SetAvailability,
  ) {}

  @Query(() => WorkspaceType, { description: 'The workspace that this request acts in.' })
  @Allow(Permission.Read)
  workspace(@CurrentMember() member: MemberActor): Promise<WorkspaceType> {
    return this.read.byId(member.workspaceId);
  }

  @ResolveField(() => [MemberType], { description: 'Who works here, in the order in which they joined.' })
  members(@Parent() workspace: WorkspaceType): Promise<MemberType[]> {
    return this.read.membersOf(workspace.id);
  }

  @Mutation(() => WorkspaceType, { description: '(no workspace) Makes another workspace, with you as its owner.' })
  @SignedIn()
  createWorkspace(
    @CurrentUser() user: UserActor,
    @CurrentRequest() request: RequestContext,
    @Args('name', { type: () => String, description: 'What the business is called.' }) name: string,
  ): Promise<WorkspaceType> {
    return this.create.run(user, { name }, request);
  }

  @Mutation(() => WorkspaceType, { description: 'Changes the settings of this workspace.' })
  @Allow(Permission.ManageWorkspace)
  updateWorkspace(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('input', { description: 'What to change.' }) input: UpdateWorkspaceInput,
  ): Promise<WorkspaceType> {
    return this.update.run(member, input, request.origin);
  }

  @Mutation(() => MemberType, { description: 'Says whether you take conversations now.' })
  @Allow(Permission.Read)
  setAvailability(
    @CurrentMember() member: MemberActor,
    @Args('available', { type: () => Boolean, description: 'false: away.' }) available: boolean,
  ): Promise<MemberType> {
    return this.availability.run(member, available);
  }
}
