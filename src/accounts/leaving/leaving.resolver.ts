import { Args, Mutation, Resolver } from '@nestjs/graphql';
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
import { DeleteAccount } from './delete-account.js';
import { DeleteWorkspace } from './delete-workspace.js';
import { PrivacyRequestType } from './privacy-request.type.js';

@Resolver()
export class LeavingResolver {
  constructor(
    private readonly workspaceDeletion: DeleteWorkspace,
    private readonly accountDeletion: DeleteAccount,
  ) {}

  @Mutation(() => PrivacyRequestType, {
    description:
      'Deletes the workspace. Nothing of it is readable from that moment, its rows go at once, linked platforms within 24 hours.',
  })
  @Allow(Permission.DeleteWorkspace)
  deleteWorkspace(
    @CurrentMember() member: MemberActor,
    @Args('confirmName', { type: () => String, description: "The workspace's name, exactly." }) confirmName: string,
  ): Promise<PrivacyRequestType> {
    return this.workspaceDeletion.run(member, confirmName);
  }

  @Mutation(() => Boolean, {
    description:
      '(no workspace) Deletes your account, whatever your role. The only owner of a workspace says deleteOwnedWorkspaces, else CONFLICT names the workspaces. What you wrote elsewhere stays, without your name.',
  })
  @SignedIn()
  deleteAccount(
    @CurrentUser() user: UserActor,
    @CurrentRequest() request: RequestContext,
    @Args('password', { type: () => String, description: 'Your password.' }) password: string,
    @Args('deleteOwnedWorkspaces', {
      type: () => Boolean,
      nullable: true,
      defaultValue: false,
      description: 'true: workspaces whose only owner you are go with your account.',
    })
    deleteOwnedWorkspaces: boolean | null,
  ): Promise<boolean> {
    return this.accountDeletion.run(user, password, deleteOwnedWorkspaces === true, request);
  }
}
