import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { Role } from '../enums.js';
import { MemberType } from '../workspaces/member.type.js';
import { WorkspaceType } from '../workspaces/workspace.type.js';
import { ChangeRole } from './change-role.js';
import { RemoveMember } from './remove-member.js';
import { TransferOwnership } from './transfer-ownership.js';

@Resolver(() => MemberType)
export class MemberResolver {
  constructor(
    private readonly roles: ChangeRole,
    private readonly removal: RemoveMember,
    private readonly transfer: TransferOwnership,
  ) {}

  @Mutation(() => MemberType, {
    description:
      'Makes a member something else: nobody more than you are, nobody above you, and not the last owner. To make an owner, the password is asked for again 15 minutes after it was last given.',
  })
  @Allow(Permission.ManageMembers)
  changeRole(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('memberId', { type: () => ID, description: 'Whom.' }) memberId: string,
    @Args('role', { type: () => Role, description: 'What they become; at most your own.' }) role: Role,
  ): Promise<MemberType> {
    return this.roles.run(member, memberId, role, request.origin);
  }

  @Mutation(() => Boolean, {
    description:
      'Ends a membership at once, with its sessions in this workspace, open sockets and API tokens. Anyone may leave by themselves; to remove somebody else takes an owner or admin. What they wrote stays, without their name.',
  })
  @Allow(Permission.Read)
  removeMember(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('memberId', { type: () => ID, description: 'Whom; your own to leave.' }) memberId: string,
  ): Promise<boolean> {
    return this.removal.run(member, memberId, request.origin);
  }

  @Mutation(() => WorkspaceType, {
    description:
      'Hands the workspace over: the other becomes owner and you an admin. Asks for the password again 15 minutes after it was last given.',
  })
  @Allow(Permission.TransferOwnership)
  transferOwnership(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('memberId', { type: () => ID, description: 'Who becomes the owner.' }) memberId: string,
  ): Promise<WorkspaceType> {
    return this.transfer.run(member, memberId, request.origin);
  }
}
