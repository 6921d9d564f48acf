import { Injectable } from '@nestjs/common';
import type { UserActor } from '../../platform/access/index.js';
import { SystemDatabase } from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput } from '../../platform/errors/index.js';
import { GuessLimits } from '../guess-limits.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { requireRecentPasswordOf } from '../sessions/recent-password.js';
import type { UserEntity } from './user.entity.js';
import { Users } from './users.js';

/** The password of somebody who is signed in already, asked for again. */
@Injectable()
export class OwnPassword {
  constructor(
    private readonly limits: GuessLimits,
    private readonly users: Users,
    private readonly passwords: PasswordHasher,
    private readonly system: SystemDatabase,
  ) {}

  /** Refuses a wrong one; gives the person. `field` is the input that holds it. */
  async check({ userId }: UserActor, password: string, field = 'password'): Promise<UserEntity> {
    await this.limits.countReauthentication(userId);
    const user = await this.users.byId(userId);
    const notTried = () => this.limits.reauthenticationNotTried(userId);
    const right = await this.passwords.verify(password, user?.passwordHash ?? null, notTried);
    if (user === null) throw new DomainError(ErrorCode.UNAUTHENTICATED, 'You were signed out. Sign in again.');
    if (!right) throw badInput(field, 'The password is wrong.', 'PASSWORD_WRONG');
    await this.system.run((tx) => this.limits.reauthenticated(tx, userId));
    return user;
  }

  /**
   * The same before what signing in rests on is changed. A person with a second factor has to have given that too, within
   * the last 15 minutes: a session and a password that were copied are not enough.
   */
  async checkForChange(self: UserActor, password: string, field = 'password'): Promise<UserEntity> {
    const user = await this.check(self, password, field);
    if (user.twoFactorSince !== null) requireRecentPasswordOf(self);
    return user;
  }
}
