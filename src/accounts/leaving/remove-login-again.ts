import { Injectable } from '@nestjs/common';
import { SystemDatabase, Workspaces, sql } from '../../platform/database/index.js';
import { Role } from '../enums.js';
import { EndMembership } from '../members/end-membership.js';
import { type Standing, changingMembers } from '../members/standing.js';
import { RemoveLogin } from './remove-login.js';
import { SucceedOwner } from './succeed-owner.js';

/** Removes again a login that a restored backup brought back, with its memberships. Nobody is told: the person was. */
@Injectable()
export class RemoveLoginAgain {
  constructor(
    private readonly system: SystemDatabase,
    private readonly workspaces: Workspaces,
    private readonly membership: EndMembership,
    private readonly succession: SucceedOwner,
    private readonly login: RemoveLogin,
  ) {}

  /** False where it is not there. */
  async run(userId: string): Promise<boolean> {
    if ((await this.system.first(sql`select from users where id = ${userId}`)) === null) return false;
    const places = await this.system.query<{ id: string }>(
      sql`select workspace_id as id from workspaces_of(${userId}::uuid)`,
    );
    for (const { id } of places) await this.leave(id, userId);
    await this.login.again(userId);
    return true;
  }

  private async leave(workspaceId: string, userId: string): Promise<void> {
    await this.workspaces.run(
      workspaceId,
      async (tx) => {
        const member = await tx.first<Standing>(sql`
          select id, user_id as "userId", role from members where workspace_id = ${workspaceId} and user_id = ${userId}`);
        if (member === null) return;
        await this.membership.end(tx, member);
        if (member.role === Role.OWNER) await this.succession.run(tx);
      },
      changingMembers,
    );
  }
}
