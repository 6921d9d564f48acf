import { Injectable } from '@nestjs/common';
import { type MemberActor, Permission, type RequestOrigin } from '../../platform/access/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput } from '../../platform/errors/index.js';
import { Role } from '../enums.js';
import { requireRecentPassword } from '../sessions/recent-password.js';
import { ReadWorkspace } from '../workspaces/read-workspace.js';
import type { WorkspaceType } from '../workspaces/workspace.type.js';
import { ChangeRole } from './change-role.js';
import { type Standing, changingMembers, findMember, presentRoleWith } from './standing.js';
import { Members } from '../workspaces/members.js';

/** An owner hands the workspace over: another member becomes owner, and they an admin, in one step. */
@Injectable()
export class TransferOwnership {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly members: Members,
    private readonly roles: ChangeRole,
    private readonly read: ReadWorkspace,
  ) {}

  async run(actor: MemberActor, memberId: string, origin: RequestOrigin): Promise<WorkspaceType> {
    requireRecentPassword(actor);
    await this.workspaces.run(
      actor.workspaceId,
      async (tx) => {
        await presentRoleWith(tx, actor, Permission.TransferOwnership);
        const target = await findMember(tx, memberId);
        if (target.id === actor.memberId)
          throw badInput('memberId', 'You are the owner already. Choose somebody else.', 'OWNER_ALREADY');
        const [row] = await this.members.membersByIds(tx, [target.id]);
        if (row?.frozen === true)
          throw new DomainError(
            ErrorCode.CONFLICT,
            'The seat of this member is paused, so they could not act as owner.',
            { reason: 'OWNER_SEAT_PAUSED' },
          );
        const self: Standing = { id: actor.memberId, userId: actor.userId, role: Role.OWNER };
        if (target.role !== Role.OWNER) await this.roles.change(tx, actor, target, Role.OWNER, origin);
        await this.roles.change(tx, actor, self, Role.ADMIN, origin);
      },
      changingMembers,
    );
    return this.read.byId(actor.workspaceId);
  }
}
