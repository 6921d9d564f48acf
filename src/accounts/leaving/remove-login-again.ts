import { Injectable } from '@nestjs/common';
import {
  SystemDatabase,
  type WorkspaceTransaction,
  Workspaces,
  sql,
  workspaceIds,
} from '../../platform/database/index.js';
import { EndMembership } from '../members/end-membership.js';
import { changingMembers } from '../members/standing.js';
import { RemoveLogin } from './remove-login.js';

/** Removes again a login that a restored backup brought back, with its memberships. Nobody is told: the person was. */
@Injectable()
export class RemoveLoginAgain {
  constructor(
    private readonly system: SystemDatabase,
    private readonly workspaces: Workspaces,
    private readonly membership: EndMembership,
    private readonly login: RemoveLogin,
  ) {}

  /** False where it is not there. */
  async run(userId: string): Promise<boolean> {
    if ((await this.system.first(sql`select from users where id = ${userId}`)) === null) return false;
    for await (const workspaceId of workspaceIds(this.system)) await this.leave(workspaceId, userId);
    await this.login.again(userId);
    return true;
  }

  private async leave(workspaceId: string, userId: string): Promise<void> {
    const find = (tx: WorkspaceTransaction) =>
      tx.first<{ id: string }>(sql`select id from members where workspace_id = ${workspaceId} and user_id = ${userId}`);
    if ((await this.workspaces.read(workspaceId, find)) === null) return;
    await this.workspaces.run(
      workspaceId,
      async (tx) => {
        const member = await find(tx);
        if (member !== null) await this.membership.end(tx, { id: member.id, userId });
      },
      changingMembers,
    );
  }
}
