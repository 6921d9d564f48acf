import { Permission, type RoleName } from '../platform/access/index.js';

const viewer = [Permission.Read];
const editor = [...viewer, Permission.Converse, Permission.UseAi, Permission.ManageContent];
const admin = [
  ...editor,
  Permission.ManageChannels,
  Permission.ManageWorkspace,
  Permission.ManageMembers,
  Permission.ManageTokens,
  Permission.ManageAi,
  Permission.HandlePrivacy,
  Permission.ReadAudit,
];

/** What each role may do: the one place that says it. */
export const permissionsOf: Readonly<Record<RoleName, ReadonlySet<Permission>>> = {
  VIEWER: new Set(viewer),
  EDITOR: new Set(editor),
  ADMIN: new Set(admin),
  OWNER: new Set(Object.values(Permission)),
};

const ranks: Readonly<Record<RoleName, number>> = { VIEWER: 0, EDITOR: 1, ADMIN: 2, OWNER: 3 };

/** Whether the first role is no more than the second. */
export function isAtMost(role: RoleName, most: RoleName): boolean {
  return ranks[role] <= ranks[most];
}

/** The lesser of two roles. */
export function lesserRole(one: RoleName, other: RoleName): RoleName {
  return isAtMost(one, other) ? one : other;
}
