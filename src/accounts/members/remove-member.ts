import { Injectable } from '@nestjs/common';
import { type MemberActor, Permission, type RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { EndMembership } from './end-membership.js';
import {
  changingMembers,
  findMember,
  presentRole,
  requireAnotherOwner,
  requireNotAbove,
  requirePermission,
} from './standing.js';

/** A member is removed by somebody who may, or leaves by themselves. The last owner stays. */
@Injectable()
export class RemoveMember {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly membership: EndMembership,
    private readonly audit: AuditLog,
  ) {}

  async run(actor: MemberActor, memberId: string, origin: RequestOrigin): Promise<boolean> {
    return this.workspaces.run(
      actor.workspaceId,
      async (tx) => {
        const own = await presentRole(tx, actor);
        const target = await findMember(tx, memberId);
        const isLeaving = target.id === actor.memberId;
        if (isLeaving) requirePerson(actor);
        else requirePermission(own, Permission.ManageMembers);
        requireNotAbove(target, own);
        await requireAnotherOwner(tx, target);
        await this.membership.end(tx, target);
        const action = isLeaving ? 'member.leave' : 'member.remove';
        this.audit.record(tx, { actor, action, target: target.id, origin, detail: { role: target.role } });
        return true;
      },
      changingMembers,
    );
  }
}

function requirePerson(actor: MemberActor): void {
  if (actor.user !== null) return;
  throw new DomainError(ErrorCode.FORBIDDEN, 'A person leaves by themselves; an API token cannot do it for them.');
}
