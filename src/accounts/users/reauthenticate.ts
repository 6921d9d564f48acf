import { Injectable } from '@nestjs/common';
import type { RequestContext, UserActor } from '../../platform/access/index.js';
import { SystemDatabase } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { Sessions } from '../sessions/sessions.js';
import { SecondFactor } from '../two-factor/second-factor.js';
import { OwnPassword } from './own-password.js';

interface Given {
  readonly password: string;
  /** Of those who have a second factor. */
  readonly totp?: string | null | undefined;
}

/** A signed-in person gives their password again. From then on the session may do more, so it gets a new token. */
@Injectable()
export class Reauthenticate {
  constructor(
    private readonly own: OwnPassword,
    private readonly system: SystemDatabase,
    private readonly sessions: Sessions,
    private readonly second: SecondFactor,
  ) {}

  async run(self: UserActor, given: Given, request: RequestContext): Promise<boolean> {
    this.sessions.requireCookie(request);
    const user = await this.own.check(self, given.password);
    await this.second.count(user, given.totp);
    const token = await this.system.run(async (tx) => {
      await this.second.take(tx, user, given.totp);
      return this.sessions.renew(tx, self.sessionId);
    });
    // The session may have been ended from elsewhere while the password was checked.
    if (token === null) throw new DomainError(ErrorCode.UNAUTHENTICATED, 'You were signed out. Sign in again.');
    await this.sessions.enter(request, token);
    return true;
  }
}
