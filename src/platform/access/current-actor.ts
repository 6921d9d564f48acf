import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { DomainError, ErrorCode } from '../errors/index.js';
import { contextOf } from './access.guard.js';
import type { Actor, MemberActor, UserActor } from './actor.js';

/** The member that an `@Allow` operation acts as. */
export const CurrentMember = createParamDecorator((_: unknown, execution: ExecutionContext): MemberActor => {
  const { actor } = contextOf(execution);
  if (actor?.kind !== 'member') throw new Error('CurrentMember belongs on an operation that is @Allow-ed.');
  return actor;
});

/** The person that a `@SignedIn` operation acts as. */
export const CurrentUser = createParamDecorator((_: unknown, execution: ExecutionContext): UserActor => {
  const user = userOf(contextOf(execution).actor);
  if (user === null) throw new DomainError(ErrorCode.UNAUTHENTICATED, 'Sign in first.');
  return user;
});

/** The request itself: its origin, its cookie, whoever calls. */
export const CurrentRequest = createParamDecorator((_: unknown, execution: ExecutionContext) => contextOf(execution));

/** The person behind an actor; null for nobody and for API tokens. */
export function userOf(actor: Actor | null): UserActor | null {
  if (actor === null) return null;
  return actor.kind === 'user' ? actor : actor.user;
}
