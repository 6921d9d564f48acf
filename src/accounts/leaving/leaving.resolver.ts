import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Allow, CurrentMember, type MemberActor, Permission } from '../../platform/access/index.js';
import { DeleteWorkspace } from './delete-workspace.js';
import { PrivacyRequestType } from './privacy-request.type.js';

@Resolver()
export class LeavingResolver {
  constructor(private readonly workspaceDeletion: DeleteWorkspace) {}

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
}
