import { Injectable } from '@nestjs/common';
import { type Actor, Permission, type RequestContext } from '../../platform/access/index.js';
import { Workspaces, sql } from '../../platform/database/index.js';
import { permissionsOf } from '../permissions.js';
import { type InvitationRow, InvitationType } from './invitation.type.js';

/** The open invitations of a workspace, for those who may invite; for others there are none to see. */
@Injectable()
export class ListInvitations {
  constructor(private readonly workspaces: Workspaces) {}

  async run(workspaceId: string, { actor }: RequestContext): Promise<InvitationType[]> {
    if (!mayInviteIn(actor, workspaceId)) return [];
    const rows = await this.workspaces.read(workspaceId, (tx) =>
      tx.query<InvitationRow>(sql`
        select id, email, role, expires_at as "expiresAt" from invitations
         where workspace_id = ${workspaceId} and expires_at > now() order by id desc limit 500`),
    );
    return rows.map((row) => InvitationType.from(row));
  }
}

function mayInviteIn(actor: Actor | null, workspaceId: string): boolean {
  if (actor?.kind === 'member' && actor.workspaceId === workspaceId)
    return actor.permissions.has(Permission.ManageMembers);
  const person = actor?.kind === 'member' ? actor.user : actor;
  const role = person?.memberships.find((membership) => membership.workspaceId === workspaceId)?.role;
  return role !== undefined && permissionsOf[role].has(Permission.ManageMembers);
}
