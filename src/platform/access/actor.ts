import type { Permission } from './permission.js';

/** What each role may do is said in one table (accounts); the platform knows the names alone. */
export type RoleName = 'OWNER' | 'ADMIN' | 'EDITOR' | 'VIEWER';

/** A signed-in person, with the workspaces that they belong to. */
export interface UserActor {
  readonly kind: 'user';
  readonly userId: string;
  readonly sessionId: string;
  /** When the password was last given. */
  readonly authenticatedAt: Date;
  readonly memberships: readonly { readonly workspaceId: string; readonly memberId: string; readonly role: RoleName }[];
}

/** A person, or an API token in its creator's name, acting in one workspace. */
export interface MemberActor {
  readonly kind: 'member';
  readonly workspaceId: string;
  readonly memberId: string;
  readonly userId: string;
  readonly role: RoleName;
  readonly permissions: ReadonlySet<Permission>;
  readonly credential: { readonly kind: 'session' | 'token'; readonly id: string };
  /** The person behind a session; null for an API token, which may not act as a person. */
  readonly user: UserActor | null;
}

/** Who a request acts as. */
export type Actor = UserActor | MemberActor;

/** What a caller brought along to say who they are. */
export interface Credentials {
  /** The session cookie's value. */
  readonly session: string | null;
  /** The bearer token. */
  readonly token: string | null;
  /** The workspace asked for by `x-workspace-id` or connectionParams; null when none was. */
  readonly workspaceId: string | null;
}

/**
 * Port: tells who is calling. The accounts module implements it. Null: nobody known. It throws a DomainError for
 * credentials that are wrong (a revoked token) and for a workspace that is not the caller's.
 */
export abstract class Authenticator {
  abstract authenticate(credentials: Credentials): Promise<Actor | null>;
}
