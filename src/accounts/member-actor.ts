import type { MemberActor, UserActor } from '../platform/access/index.js';
import { permissionsOf } from './permissions.js';

/** A signed-in person acting in one of their workspaces. */
export function memberActor(user: UserActor, membership: UserActor['memberships'][number]): MemberActor {
  return {
    kind: 'member',
    ...membership,
    userId: user.userId,
    permissions: permissionsOf[membership.role],
    credential: { kind: 'session', id: user.sessionId },
    user,
  };
}
