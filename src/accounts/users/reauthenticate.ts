import { Injectable } from '@nestjs/common';
import type { RequestContext, UserActor } from '../../platform/access/index.js';
import { SystemDatabase } from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput } from '../../platform/errors/index.js';
import { GuessLimits } from '../guess-limits.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { Sessions } from '../sessions/sessions.js';
import { Users } from './users.js';

/** A signed-in person gives their password again. From then on the session may do more, so it gets a new token. */
@Injectable()
export class Reauthenticate {
  constructor(
    private readonly limits: GuessLimits,
    private readonly users: Users,
    private readonly passwords: PasswordHasher,
    private readonly system: SystemDatabase,
    private readonly sessions: Sessions,
  ) {}

  async run(self: UserActor, password: string, request: RequestContext): Promise<boolean> {
    this.sessions.requireCookie(request);
    await this.limits.countReauthentication(self.userId);
    const user = await this.users.byId(self.userId);
    const notTried = () => this.limits.reauthenticationNotTried(self.userId);
    if (!(await this.passwords.verify(password, user?.passwordHash ?? null, notTried))) {
      throw badInput('password', 'The password is wrong.');
    }
    const token = await this.system.run(async (tx) => {
      await this.limits.reauthenticated(tx, self.userId);
      return this.sessions.renew(tx, self.sessionId);
    });
    // The session may have been ended from elsewhere while the password was checked.
    if (token === null) throw new DomainError(ErrorCode.UNAUTHENTICATED, 'You were signed out. Sign in again.');
    await this.sessions.enter(request, token);
    return true;
  }
}
