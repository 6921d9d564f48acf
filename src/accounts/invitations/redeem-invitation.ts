import { Injectable } from '@nestjs/common';
import { Entitlements, UsageMetric } from '../../billing/index.js';
import type { RequestOrigin, UserActor } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, newId, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import type { Role } from '../enums.js';
import { memberActor } from '../member-actor.js';
import { findFormerMember } from '../members/former-members.js';

interface Redeemed {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
}

/** Makes a person a member by an invitation, once. */
@Injectable()
export class RedeemInvitation {
  constructor(
    private readonly audit: AuditLog,
    private readonly feed: LiveFeed,
    private readonly secrets: Secrets,
    private readonly entitlements: Entitlements,
  ) {}

  /** Takes part in a transaction that holds the lock of member changes. The person's row is written already. */
  async redeem(tx: WorkspaceTransaction, hash: Buffer, person: UserActor, origin: RequestOrigin): Promise<Role> {
    // Held until the end, so that a workspace is deleted before or after, never in between.
    await tx.execute(sql`select from workspaces where id = ${tx.workspaceId} for key share`);
    const invitation = await tx.first<Redeemed>(sql`
      delete from invitations i using members m
       where i.workspace_id = ${tx.workspaceId} and i.token_hash = ${hash} and i.expires_at > now()
         and m.workspace_id = i.workspace_id and m.id = i.invited_by and m.user_id is not null
      returning i.id, i.email, i.role`);
    if (invitation === null) throw notValid();
    // Whoever can open the link reads the mail of that address: it is verified with this.
    const isTheirs = await tx.execute(sql`
      update users set email_verified_at = coalesce(email_verified_at, now())
       where id = ${person.userId} and lower(email) = lower(${invitation.email})`);
    if (isTheirs === 0) throw forAnother();
    const memberId = await this.join(tx, invitation, person);
    this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [memberId], detail: 'members' });
    const actor = memberActor(person, { workspaceId: tx.workspaceId, memberId, role: invitation.role });
    const detail = { role: invitation.role };
    this.audit.record(tx, { actor, action: 'invitation.accept', target: invitation.id, origin, detail });
    return invitation.role;
  }

  /** Who worked here before the workspace came from elsewhere is that member again, so that what they did is theirs. */
  private async join(tx: WorkspaceTransaction, { email, role }: Redeemed, { userId }: UserActor): Promise<string> {
    const present = await tx.first(sql`
      select from members where workspace_id = ${tx.workspaceId} and user_id = ${userId}`);
    if (present !== null)
      throw new DomainError(ErrorCode.CONFLICT, 'You work in this workspace already.', { reason: 'JOINED_ALREADY' });
    await this.entitlements.use(tx, UsageMetric.SEATS);
    const memberId = (await findFormerMember(tx, this.secrets, email)) ?? newId();
    await tx.execute(sql`
      insert into members (workspace_id, id, user_id, role) values (${tx.workspaceId}, ${memberId}, ${userId}, ${role})
      on conflict (workspace_id, id) do update
         set user_id = excluded.user_id, role = excluded.role, available = true, former_address = null`);
    return memberId;
  }
}

/** A token that was mistyped, used, revoked, has run out, or never was: told alike. */
export function notValid(): DomainError {
  return new DomainError(
    ErrorCode.NOT_FOUND,
    'This invitation is not valid any more: it was used, taken back or has run out. Ask for a new one.',
  );
}

export function forAnother(): DomainError {
  return new DomainError(
    ErrorCode.FORBIDDEN,
    'This invitation is for another address than yours. Sign out, and open it as the person it was sent to.',
    { reason: 'INVITED_OTHER' },
  );
}
