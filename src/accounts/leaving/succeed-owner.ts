import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { Role } from '../enums.js';
import { ChangeRole } from '../members/change-role.js';
import type { Standing } from '../members/standing.js';

/**
 * A workspace that a restore leaves without an owner gets one: by the backup it may still be owned by somebody who handed it
 * over and deleted their account since.
 */
@Injectable()
export class SucceedOwner {
  constructor(private readonly roles: ChangeRole) {}

  /**
   * Participant. Where no owner who can act is left, whoever served longest as an admin becomes owner, else whoever served
   * longest; one whose seat is paused only where nobody else is there.
   */
  async run(tx: WorkspaceTransaction): Promise<void> {
    const heir = await tx.first<Standing>(sql`
      select id, user_id as "userId", role from members where workspace_id = ${tx.workspaceId} and user_id is not null
       order by frozen, role = 'OWNER' desc, role = 'ADMIN' desc, joined_at, id limit 1`);
    if (heir === null || heir.role === Role.OWNER) return;
    await this.roles.change(tx, 'system', heir, Role.OWNER);
  }
}
