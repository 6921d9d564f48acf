import { Args, Mutation, Resolver } from '@nestjs/graphql';
import {
  CurrentRequest,
  CurrentUser,
  RequestContext,
  SignedInAnywhere,
  type UserActor,
} from '../../platform/access/index.js';
import { DeleteAccount } from './delete-account.js';

@Resolver()
export class LeavingResolver {
  constructor(private readonly accountDeletion: DeleteAccount) {}

  @Mutation(() => Boolean, {
    description:
      '(no workspace) Deletes your account, whatever your role. The only owner of a workspace says deleteOwnedWorkspaces, else CONFLICT names the workspaces. What you wrote elsewhere stays, without your name.',
  })
  // Tried again after it was cut off, the workspace that is named may be gone already.
  @SignedInAnywhere()
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
