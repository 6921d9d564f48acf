import { type MemberActor, type UserActor, userOf } from '../../platform/access/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';

const recentMs = 15 * 60_000;

/**
 * The person behind a member who is about to do something that a stolen session must not do. Refuses API tokens, and
 * sessions in which the password was last given more than 15 minutes ago.
 */
export function requireRecentPassword(member: MemberActor): UserActor {
  const user = userOf(member);
  if (user === null)
    throw new DomainError(ErrorCode.FORBIDDEN, 'This is for a signed-in person; an API token cannot do it.');
  requireRecentPasswordOf(user);
  return user;
}

/** The same for what a person does in no workspace. */
export function requireRecentPasswordOf(user: UserActor): void {
  if (Date.now() - user.authenticatedAt.getTime() > recentMs)
    throw new DomainError(ErrorCode.REAUTHENTICATION_REQUIRED, 'Give your password again to go on.');
}
