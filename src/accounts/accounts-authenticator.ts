import { Injectable } from '@nestjs/common';
import passport from 'passport';
import { type Actor, Authenticator, type Credentials, type MemberActor } from '../platform/access/index.js';
import { DomainError, ErrorCode, notFound } from '../platform/errors/index.js';
import { memberActor } from './member-actor.js';
import { SessionStrategy } from './sessions/session.strategy.js';
import type { SignedInPerson } from './sessions/sessions.js';
import { ApiTokenStrategy } from './tokens/api-token.strategy.js';
import type { TokenHolder } from './tokens/api-tokens.js';

type Found = SignedInPerson | TokenHolder | null;

/**
 * Tells who is calling, by passport's strategies: an API token where one is sent, else the session cookie. It needs the
 * credentials alone and no HTTP request, so sockets ask it too, again and again while they are open.
 */
@Injectable()
export class AccountsAuthenticator extends Authenticator {
  private readonly passport = new passport.Passport();

  constructor(
    private readonly bySession: SessionStrategy,
    private readonly byToken: ApiTokenStrategy,
  ) {
    super();
    this.passport.use(this.bySession).use(this.byToken);
  }

  async authenticate(credentials: Credentials): Promise<Actor | null> {
    const found = await this.identify(credentials);
    if (found === null) return null;
    if ('frozen' in found) return asToken(found, credentials.workspaceId);
    return credentials.workspaceId === null ? found.actor : asMember(found, credentials.workspaceId);
  }

  private identify(credentials: Credentials): Promise<Found> {
    return new Promise((resolve, reject) => {
      const middleware = this.passport.authenticate(
        [this.byToken.name, this.bySession.name],
        { session: false },
        (error: unknown, found?: Found | false) => {
          if (error !== null && error !== undefined)
            reject(error instanceof Error ? error : new Error('Signing in failed.', { cause: error }));
          else resolve(found === undefined || found === false ? null : found);
        },
      ) as (request: object, response: object, next: (error: unknown) => void) => void;
      middleware({ credentials }, {}, reject);
    });
  }
}

/** The member that a signed-in person is in a workspace; foreign workspaces and unknown ones answer alike. */
function asMember({ actor, frozenIn }: SignedInPerson, workspaceId: string): MemberActor {
  if (frozenIn.has(workspaceId)) throw frozen();
  const membership = actor.memberships.find((candidate) => candidate.workspaceId === workspaceId);
  if (membership === undefined) throw notFound('Workspace');
  return memberActor(actor, membership);
}

function asToken(holder: TokenHolder, workspaceId: string | null): MemberActor {
  if (workspaceId !== null && workspaceId !== holder.actor.workspaceId) throw notFound('Workspace');
  if (holder.frozen) throw frozen();
  return holder.actor;
}

function frozen(): DomainError {
  return new DomainError(
    ErrorCode.FORBIDDEN,
    'Your seat in this workspace is paused, because its plan has fewer seats than it has members. An owner can free a seat or change the plan.',
    { reason: 'SEAT_PAUSED' },
  );
}
