import { Permission } from '../../platform/access/index.js';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { Role } from '../enums.js';
import { isAtMost, permissionsOf } from '../permissions.js';

/** Ends the open invitations that a member gave and could not give as what they are now. */
export async function withdrawInvitationsAbove(tx: WorkspaceTransaction, memberId: string, role: Role): Promise<void> {
  const mayInvite = permissionsOf[role].has(Permission.ManageMembers);
  const still = Object.values(Role).filter((invited) => mayInvite && isAtMost(invited, role));
  await tx.execute(sql`delete from invitations where invited_by = ${memberId} and not (role = any(${still}::text[]))`);
}
