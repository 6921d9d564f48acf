import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { DeleteWorkspace } from '../../accounts/index.js';
import { Allow, CurrentMember, type MemberActor, Permission } from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { PrivacyRequestType } from './privacy-request.type.js';

/** The accounts module deletes; what whoever asked follows it by is told here. */
@Resolver()
export class DeleteWorkspaceResolver {
  constructor(
    private readonly deletion: DeleteWorkspace,
    private readonly config: Config,
  ) {}

  @Mutation(() => PrivacyRequestType, {
    description:
      'Deletes the workspace. Nothing of it is readable from that moment, its rows go at once, linked platforms within 24 hours.',
  })
  @Allow(Permission.DeleteWorkspace)
  async deleteWorkspace(
    @CurrentMember() member: MemberActor,
    @Args('confirmName', { type: () => String, description: "The workspace's name, exactly." }) confirmName: string,
  ): Promise<PrivacyRequestType> {
    return PrivacyRequestType.ofDeletion(await this.deletion.run(member, confirmName), this.config.publicUrl);
  }
}
