import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { Entitlements, UsageMetric } from '../../billing/index.js';
import { type MemberActor, Permission, type RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, newId, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode, notFound } from '../../platform/errors/index.js';
import { Mails, mailLocale } from '../../platform/mail/index.js';
import { checkInput, emailAddress } from '../check-input.js';
import { Role } from '../enums.js';
import { GuessLimits } from '../guess-limits.js';
import { changingMembers, presentRoleWith, requireAtMost } from '../members/standing.js';
import { requireRecentPassword } from '../sessions/recent-password.js';
import { tokenHash } from '../sessions/session-token.js';
import { requireVerified } from '../users/require-verified.js';
import { newInvitationToken } from './invitation-token.js';
import { type InvitationRow, InvitationType } from './invitation.type.js';
import { invitationMail } from './mails/invitation-mail.js';

const schema = z.object({ email: emailAddress });
const days = 7;
const mostOpen = 500;

interface Inviter {
  readonly name: string;
  readonly workspace: string;
  readonly locale: string;
}

/**
 * Somebody is invited, by mail, to be at most what the inviter is. Whether the address has an account already makes no
 * difference to the answer; a second invitation takes the place of the first.
 */
@Injectable()
export class InviteMember implements OnModuleInit {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly limits: GuessLimits,
    private readonly mails: Mails,
    private readonly audit: AuditLog,
    private readonly entitlements: Entitlements,
  ) {}

  onModuleInit(): void {
    this.mails.define(invitationMail);
  }

  async run(actor: MemberActor, given: string, role: Role, origin: RequestOrigin): Promise<InvitationType> {
    const { email } = checkInput(schema, { email: given });
    requireAtMost(role, actor.role);
    if (role === Role.OWNER) requireRecentPassword(actor);
    await this.limits.countInvitation(actor.workspaceId);
    return this.workspaces.run(
      actor.workspaceId,
      async (tx) => {
        const own = await presentRoleWith(tx, actor, Permission.ManageMembers);
        requireAtMost(role, own);
        const inviter = await this.inviter(tx, actor);
        await this.refuseMembers(tx, email);
        await this.makeRoom(tx, email, (former) => requireAtMost(former, own));
        const token = newInvitationToken(tx.workspaceId);
        const id = newId();
        const row = await tx.first<InvitationRow>(sql`
          insert into invitations (workspace_id, id, email, role, token_hash, invited_by, expires_at)
          values (${tx.workspaceId}, ${id}, ${email}, ${role}, ${tokenHash(token)}, ${actor.memberId},
                  now() + make_interval(days => ${days}))
          returning id, email, role, expires_at as "expiresAt"`);
        if (row === null) throw new Error('An insert gave no row.');
        await this.mails.queue(tx, {
          to: email,
          template: invitationMail,
          locale: mailLocale(inviter.locale),
          values: { workspace: inviter.workspace, inviter: inviter.name, role, token },
          workspaceId: tx.workspaceId,
        });
        this.audit.record(tx, { actor, action: 'invitation.create', target: id, origin, detail: { role } });
        return InvitationType.from(row);
      },
      changingMembers,
    );
  }

  /** Mails go out in the inviter's name, so they have to have shown whose name it is. */
  private async inviter(tx: WorkspaceTransaction, actor: MemberActor): Promise<Inviter> {
    await requireVerified(tx, actor.userId);
    const row = await tx.first<Inviter>(sql`
      select u.name, w.name as workspace, w.locale
        from users u cross join workspaces w where u.id = ${actor.userId} and w.id = ${tx.workspaceId}`);
    if (row === null) throw notFound('Workspace');
    return row;
  }

  private async refuseMembers(tx: WorkspaceTransaction, email: string): Promise<void> {
    const member = await tx.first(sql`
      select from members m join users u on u.id = m.user_id
       where m.workspace_id = ${tx.workspaceId} and lower(u.email) = lower(${email})`);
    if (member === null) return;
    throw new DomainError(ErrorCode.CONFLICT, 'This person works here already.', {
      reason: 'WORKS_HERE',
      field: 'email',
    });
  }

  private async makeRoom(tx: WorkspaceTransaction, email: string, mayReplace: (role: Role) => void): Promise<void> {
    await tx.execute(sql`delete from invitations where expires_at <= now()`);
    const former = await tx.first<{ id: string; role: Role }>(
      sql`select id, role from invitations where lower(email) = lower(${email})`,
    );
    if (former !== null) {
      mayReplace(former.role);
      await tx.execute(sql`delete from invitations where id = ${former.id}`);
    }
    const open = await tx.first<{ n: number }>(sql`select count(*)::int as n from invitations`);
    if ((open?.n ?? 0) >= mostOpen) {
      throw new DomainError(
        ErrorCode.CONFLICT,
        `There are ${String(mostOpen)} open invitations. Revoke some, or wait until they are accepted.`,
        { reason: 'INVITATIONS_MANY', values: { most: String(mostOpen) } },
      );
    }
    // Whoever is invited has a place; it is asked for again when they accept, for a plan may change meanwhile.
    await this.entitlements.use(tx, UsageMetric.SEATS, 1, open?.n ?? 0);
  }
}
