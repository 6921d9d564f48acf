import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { RequestContext, UserActor } from '../../platform/access/index.js';
import { Workspaces, newId } from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput } from '../../platform/errors/index.js';
import { checkInput, nameOf } from '../check-input.js';
import type { Role } from '../enums.js';
import { changingMembers } from '../members/standing.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { Sessions } from '../sessions/sessions.js';
import { SignUpPolicy } from '../users/sign-up-policy.js';
import { Users } from '../users/users.js';
import { RedeemInvitation } from './redeem-invitation.js';

/** What comes with the token. */
export interface Acceptance {
  readonly token: string;
  readonly name?: string | null | undefined;
  readonly password?: string | null | undefined;
}

/** An invitation that stood a moment ago. */
export interface Invited {
  readonly workspaceId: string;
  readonly hash: Buffer;
  readonly email: string;
}

const schema = z.object({ name: nameOf('your name') });

/** Makes the account of a person who was invited, with the address that was, and signs them in as a member. */
@Injectable()
export class OpenInvitedAccount {
  constructor(
    private readonly policy: SignUpPolicy,
    private readonly passwords: PasswordHasher,
    private readonly users: Users,
    private readonly workspaces: Workspaces,
    private readonly sessions: Sessions,
    private readonly redemption: RedeemInvitation,
  ) {}

  async run(invited: Invited, { name, password }: Acceptance, request: RequestContext): Promise<Role> {
    this.sessions.requireCookie(request);
    if ((await this.users.byEmail(invited.email)) !== null) {
      throw new DomainError(
        ErrorCode.UNAUTHENTICATED,
        'The address that was invited has an account. Sign in with it, then open the invitation again.',
      );
    }
    this.policy.refuseEvenInvited();
    const given = checkInput(schema, { name: name ?? '' });
    if (password === null || password === undefined)
      throw badInput('password', 'Choose a password.', 'PASSWORD_MISSING');
    this.passwords.check(password, 'password');
    const passwordHash = await this.passwords.hash(password);
    const now = new Date();
    const user = {
      id: newId(),
      email: invited.email,
      name: given.name,
      passwordHash,
      emailVerifiedAt: now,
      createdAt: now,
    };
    const { role, token } = await this.workspaces.run(
      invited.workspaceId,
      async (tx) => {
        await this.users.add(tx, user);
        await this.sessions.end(tx, request.credentials.session);
        const { id: sessionId, token, authenticatedAt } = await this.sessions.open(tx, user.id, request.origin);
        const person: UserActor = { kind: 'user', userId: user.id, sessionId, authenticatedAt, memberships: [] };
        return { role: await this.redemption.redeem(tx, invited.hash, person, request.origin), token };
      },
      changingMembers,
    );
    await this.sessions.enter(request, token);
    return role;
  }
}
