import { Injectable } from '@nestjs/common';
import { type MemberActor, Permission, type RequestOrigin } from '../../platform/access/index.js';
import { AuditLog, type AuditRecord } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { RoleChanged } from '../accounts.events.js';
import { Role } from '../enums.js';
import { requireRecentPassword } from '../sessions/recent-password.js';
import { MemberType } from '../workspaces/member.type.js';
import { Members } from '../workspaces/members.js';
import {
  type Standing,
  changingMembers,
  findMember,
  presentRoleWith,
  requireAnotherOwner,
  requireAtMost,
  requireNotAbove,
} from './standing.js';
import { withdrawInvitationsAbove } from './withdraw-invitations.js';

/** A member becomes something else: never more than whoever says so, and never the last owner something less. */
@Injectable()
export class ChangeRole {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly members: Members,
    private readonly audit: AuditLog,
    private readonly feed: LiveFeed,
    private readonly facts: Facts,
  ) {}

  async run(actor: MemberActor, memberId: string, role: Role, origin: RequestOrigin): Promise<MemberType> {
    requireAtMost(role, actor.role);
    // An owner more is for good: a stolen session or a token must not make one.
    if (role === Role.OWNER) requireRecentPassword(actor);
    return this.workspaces.run(
      actor.workspaceId,
      async (tx) => {
        const own = await presentRoleWith(tx, actor, Permission.ManageMembers);
        const target = await findMember(tx, memberId);
        requireNotAbove(target, own);
        requireAtMost(role, own);
        if (target.role !== role) {
          await requireAnotherOwner(tx, target);
          await this.change(tx, actor, target, role, origin);
        }
        const [row] = await this.members.membersByIds(tx, [target.id]);
        if (row === undefined) throw notFound('Member');
        return MemberType.from(row);
      },
      changingMembers,
    );
  }

  /** Takes part in a transaction that holds the lock and has checked who may do it. */
  async change(
    tx: WorkspaceTransaction,
    actor: AuditRecord['actor'],
    target: Standing,
    role: Role,
    origin?: RequestOrigin,
  ): Promise<void> {
    // An owner's seat is never paused.
    await tx.execute(
      sql`update members set role = ${role}, frozen = frozen and ${role} <> ${Role.OWNER} where id = ${target.id}`,
    );
    await withdrawInvitationsAbove(tx, target.id, role);
    this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [target.id], detail: 'members' });
    const detail = { from: target.role, to: role };
    const record = { actor, action: 'member.change-role', target: target.id, detail };
    this.audit.record(tx, origin === undefined ? record : { ...record, origin });
    await this.facts.announce(tx, new RoleChanged(target.id));
  }
}
