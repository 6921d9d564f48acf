import { Injectable } from '@nestjs/common';
import type { RequestOrigin, UserActor } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import type { Role } from '../enums.js';
import { memberActor } from '../member-actor.js';
import { EndMembership } from '../members/end-membership.js';
import { changingMembers } from '../members/standing.js';
import { DeleteWorkspace } from './delete-workspace.js';

interface Place {
  readonly id: string;
  readonly role: Role;
  readonly workspace: string;
  /** Whether they are an owner and nobody else is. */
  readonly alone: boolean;
}

/** What became of a workspace that somebody goes from; null where they did not belong to it any more. */
export type Left = 'left' | 'deleted' | null;

/** How somebody goes from the workspaces that they belong to. */
@Injectable()
export class LeaveWorkspaces {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly membership: EndMembership,
    private readonly deletion: DeleteWorkspace,
    private readonly audit: AuditLog,
  ) {}

  /** Refuses, naming them, where workspaces would be left without an owner. */
  async refuseSoleOwner(userId: string, workspaceIds: readonly string[]): Promise<void> {
    const alone: string[] = [];
    // One after the other: a person in very many workspaces must not take every connection at once.
    for (const workspaceId of workspaceIds) {
      const place = await this.workspaces.read(workspaceId, (tx) => this.placeOf(tx, userId));
      if (place?.alone === true) alone.push(place.workspace);
    }
    if (alone.length > 0) throw soleOwner(alone);
  }

  /** Ends the membership; a workspace whose only owner they are is deleted where they said so. */
  async leave(user: UserActor, workspaceId: string, deleteOwned: boolean, origin: RequestOrigin): Promise<Left> {
    return this.workspaces.run(
      workspaceId,
      async (tx): Promise<Left> => {
        await tx.execute(sql`select from workspaces where id = ${workspaceId} for update`);
        const place = await this.placeOf(tx, user.userId);
        if (place === null) return null;
        if (place.alone) {
          if (!deleteOwned) throw soleOwner([place.workspace]);
          await this.deletion.begin(tx);
          return 'deleted';
        }
        const actor = memberActor(user, { workspaceId, memberId: place.id, role: place.role });
        await this.membership.end(tx, { id: place.id, userId: user.userId });
        const detail = { role: place.role };
        this.audit.record(tx, { actor, action: 'member.leave', target: place.id, origin, detail });
        return 'left';
      },
      changingMembers,
    );
  }

  private async placeOf(tx: WorkspaceTransaction, userId: string): Promise<Place | null> {
    return tx.first<Place>(sql`
      select m.id, m.role, w.name as workspace,
             m.role = 'OWNER' and not exists (
               select from members o where o.workspace_id = m.workspace_id and o.role = 'OWNER' and o.user_id is not null
                  and not o.frozen and o.id <> m.id) as alone
        from members m join workspaces w on w.id = m.workspace_id
       where m.workspace_id = ${tx.workspaceId} and m.user_id = ${userId}`);
  }
}

function soleOwner(names: readonly string[]): DomainError {
  const listed = names.map((name) => `"${name}"`).join(', ');
  return new DomainError(
    ErrorCode.CONFLICT,
    `You are the only owner of ${listed}. Make somebody else owner first, or say that what you own is deleted with your account.`,
    { reason: 'ONLY_OWNER', values: { workspaces: listed }, field: 'deleteOwnedWorkspaces' },
  );
}
