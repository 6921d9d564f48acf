import { Args, Context, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  Public,
  RequestContext,
} from '../../platform/access/index.js';
import { Role } from '../enums.js';
import { MembershipType } from '../users/user.type.js';
import { WorkspaceType } from '../workspaces/workspace.type.js';
import { AcceptInvitation } from './accept-invitation.js';
import { InvitationType } from './invitation.type.js';
import { InviteMember } from './invite-member.js';
import { ListInvitations } from './list-invitations.js';
import { RevokeInvitation } from './revoke-invitation.js';

@Resolver(() => WorkspaceType)
export class InvitationResolver {
  constructor(
    private readonly list: ListInvitations,
    private readonly invite: InviteMember,
    private readonly revoke: RevokeInvitation,
    private readonly accept: AcceptInvitation,
  ) {}

  @ResolveField(() => [InvitationType], {
    description: 'Open invitations, the newest first; empty for those who may not invite.',
  })
  invitations(@Parent() workspace: WorkspaceType, @Context() context: RequestContext): Promise<InvitationType[]> {
    return this.list.run(workspace.id, context);
  }

  @Mutation(() => InvitationType, {
    description:
      'Invites somebody by mail, to be at most what you are. Your own address has to be verified. A second invitation to the same address takes the place of the first.',
  })
  @Allow(Permission.ManageMembers)
  inviteMember(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('email', { type: () => String, description: 'Whom.' }) email: string,
    @Args('role', { type: () => Role, description: 'What they become; at most your own.' }) role: Role,
  ): Promise<InvitationType> {
    return this.invite.run(member, email, role, request.origin);
  }

  @Mutation(() => Boolean, { description: 'Takes back an invitation that nobody has accepted.' })
  @Allow(Permission.ManageMembers)
  revokeInvitation(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: "Which one, of the workspace's `invitations`." }) id: string,
  ): Promise<boolean> {
    return this.revoke.run(member, id, request.origin);
  }

  @Mutation(() => MembershipType, {
    description:
      '(no workspace) Joins the workspace that the invitation is to. Signed in, as the address that was invited; else it makes an account for that address, which takes name and password, and signs in.',
  })
  @Public('Whoever was invited may have no account yet; the token is the permission.')
  acceptInvitation(
    @CurrentRequest() request: RequestContext,
    @Args('token', { type: () => String, description: 'From the link in the mail.' }) token: string,
    @Args('name', { type: () => String, nullable: true, description: 'For a new account: how you want to be called.' })
    name?: string | null,
    @Args('password', { type: () => String, nullable: true, description: 'For a new account: at least 10 characters.' })
    password?: string | null,
  ): Promise<MembershipType> {
    return this.accept.run({ token, name, password }, request);
  }
}
