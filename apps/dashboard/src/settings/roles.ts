import type { Role } from '../api/documents.js';

/** From the most rights to the fewest. */
const order: readonly Role[] = ['OWNER', 'ADMIN', 'EDITOR', 'VIEWER'];

/** The roles that somebody of a role may give: their own and those below it. */
export function rolesUpTo(role: Role): Role[] {
  return order.slice(order.indexOf(role));
}

/** Whether somebody may change another's membership: owners and admins, and nobody above themselves. */
export function mayManage(own: Role, other: Role): boolean {
  return (own === 'OWNER' || own === 'ADMIN') && order.indexOf(other) >= order.indexOf(own);
}
