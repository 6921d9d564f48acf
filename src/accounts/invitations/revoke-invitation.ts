import { Injectable } from '@nestjs/common';
import { type MemberActor, Permission, type RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Workspaces, isUuid, sql } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import type { Role } from '../enums.js';
import { changingMembers, presentRoleWith, requireAtMost } from '../members/standing.js';

/** Takes back an invitation that nobody has accepted; one to a role above the caller's is not theirs to take back. */
@Injectable()
export class RevokeInvitation {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly audit: AuditLog,
  ) {}

  async run(actor: MemberActor, id: string, origin: RequestOrigin): Promise<boolean> {
    if (!isUuid(id)) throw notFound('Invitation');
    return this.workspaces.run(
      actor.workspaceId,
      async (tx) => {
        const own = await presentRoleWith(tx, actor, Permission.ManageMembers);
        const row = await tx.first<{ role: Role }>(
          sql`select role from invitations where id = ${id} and expires_at > now()`,
        );
        if (row === null) throw notFound('Invitation');
        requireAtMost(row.role, own);
        await tx.execute(sql`delete from invitations where id = ${id}`);
        this.audit.record(tx, { actor, action: 'invitation.revoke', target: id, origin, detail: { role: row.role } });
        return true;
      },
      changingMembers,
    );
  }
}
