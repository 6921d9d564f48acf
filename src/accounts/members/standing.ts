import type { MemberActor, Permission, RoleName } from '../../platform/access/index.js';
import { type WorkspaceTransaction, isUuid, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode, notFound } from '../../platform/errors/index.js';
import { Role } from '../enums.js';
import { isAtMost, lesserRole, permissionsOf } from '../permissions.js';

/** One transaction of this name at a time in a workspace: what is checked of roles holds until it is committed. */
export const changingMembers = { oneAtATime: 'change-members' } as const;

/** A member whose role or membership is to change. */
export interface Standing {
  readonly id: string;
  readonly userId: string;
  readonly role: Role;
}

/**
 * What the actor may be called here and now. Roles may have changed between the guard and the lock, and whoever was let in
 * as more than they are by now acts as what they are.
 */
export async function presentRole(tx: WorkspaceTransaction, actor: MemberActor): Promise<RoleName> {
  const row = await tx.first<{ role: RoleName }>(sql`
    select role from members where id = ${actor.memberId} and user_id = ${actor.userId} and not frozen`);
  if (row === null) throw notFound('Workspace');
  return lesserRole(actor.role, row.role);
}

/** The same, where the operation needs a permission that the role may have lost meanwhile. */
export async function presentRoleWith(
  tx: WorkspaceTransaction,
  actor: MemberActor,
  permission: Permission,
): Promise<RoleName> {
  const role = await presentRole(tx, actor);
  requirePermission(role, permission);
  return role;
}

/** Refuses a role that lacks a permission, in the words of the guard. */
export function requirePermission(role: RoleName, permission: Permission): void {
  if (permissionsOf[role].has(permission)) return;
  throw new DomainError(
    ErrorCode.FORBIDDEN,
    `Your role (${role.toLowerCase()}) does not allow this. Ask an owner or admin of the workspace.`,
  );
}

/** A member by id; one who has left, one of another workspace and one who never was are not found alike. */
export async function findMember(tx: WorkspaceTransaction, id: string): Promise<Standing> {
  const row = isUuid(id)
    ? await tx.first<Standing>(
        sql`select id, user_id as "userId", role from members where id = ${id} and user_id is not null`,
      )
    : null;
  if (row === null) throw notFound('Member');
  return row;
}

/** Nobody gives more than they have. */
export function requireAtMost(role: RoleName, own: RoleName): void {
  if (isAtMost(role, own)) return;
  throw new DomainError(
    ErrorCode.FORBIDDEN,
    `You are ${own.toLowerCase()} here; you cannot make anyone more than you are.`,
    { reason: 'ROLE_ABOVE', field: 'role' },
  );
}

/** Nobody changes what a member above them is. */
export function requireNotAbove(target: Standing, own: RoleName): void {
  if (isAtMost(target.role, own)) return;
  throw new DomainError(ErrorCode.FORBIDDEN, `This member is ${target.role.toLowerCase()}, which is above you.`, {
    reason: 'MEMBER_ABOVE',
  });
}

/** A workspace keeps an owner who can act. */
export async function requireAnotherOwner(tx: WorkspaceTransaction, target: Standing): Promise<void> {
  if (target.role !== Role.OWNER) return;
  const other = await tx.first(sql`
    select from members where role = 'OWNER' and user_id is not null and not frozen and id <> ${target.id} limit 1`);
  if (other !== null) return;
  throw new DomainError(
    ErrorCode.CONFLICT,
    'This is the last owner of the workspace. Make somebody else owner first, or delete the workspace.',
    { reason: 'LAST_OWNER', rule: 'LAST_OWNER' },
  );
}
