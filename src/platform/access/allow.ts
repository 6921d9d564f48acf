import { SetMetadata } from '@nestjs/common';
import type { Permission } from './permission.js';

/** What an operation asks of its caller; every operation and route says it, or the server does not start. */
export type AccessRule =
  | { readonly kind: 'permission'; readonly permission: Permission }
  | { readonly kind: 'signed-in'; readonly operators?: boolean; readonly anywhere?: boolean }
  | { readonly kind: 'public'; readonly reason: string };

export const accessRuleKey = 'parley:access';

/** Only a member whose role has the permission, in the workspace that the request names. */
export const Allow = (permission: Permission) =>
  SetMetadata(accessRuleKey, { kind: 'permission', permission } satisfies AccessRule);

/** Any signed-in person; needs no workspace. API tokens are not people. */
export const SignedIn = () => SetMetadata(accessRuleKey, { kind: 'signed-in' } satisfies AccessRule);

/** The same, whichever workspace the request names: one that is gone meanwhile keeps nobody from it. */
export const SignedInAnywhere = () =>
  SetMetadata(accessRuleKey, { kind: 'signed-in', anywhere: true } satisfies AccessRule);

/** A signed-in person who runs the deployment, which the operation itself asks: who they are, accounts know. */
export const ForOperators = () =>
  SetMetadata(accessRuleKey, { kind: 'signed-in', operators: true } satisfies AccessRule);

/** Everyone, for the reason given. */
export const Public = (reason: string) => SetMetadata(accessRuleKey, { kind: 'public', reason } satisfies AccessRule);
