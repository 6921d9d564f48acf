import { Injectable } from '@nestjs/common';
import type { RequestContext, UserActor } from '../../platform/access/index.js';
import { SystemDatabase, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput } from '../../platform/errors/index.js';
import { GuessLimits } from '../guess-limits.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { Sessions } from '../sessions/sessions.js';
import type { UserEntity } from '../users/user.entity.js';
import { LeaveWorkspaces, type Left } from './leave-workspaces.js';
import { RemoveLogin } from './remove-login.js';

/** A person of any role deletes their account: memberships first, then the login with its profile, sessions and all. */
@Injectable()
export class DeleteAccount {
  constructor(
    private readonly limits: GuessLimits,
    private readonly passwords: PasswordHasher,
    private readonly system: SystemDatabase,
    private readonly sessions: Sessions,
    private readonly workspaces: LeaveWorkspaces,
    private readonly login: RemoveLogin,
  ) {}

  async run(self: UserActor, password: string, deleteOwned: boolean, request: RequestContext): Promise<boolean> {
    this.sessions.requireCookie(request);
    const user = await this.checkPassword(self.userId, password);
    const places = await this.placesOf(self, request);
    await this.login.ready();
    if (!deleteOwned) await this.workspaces.refuseSoleOwner(self.userId, places);
    const left: Left[] = [];
    for (const workspaceId of places)
      left.push(await this.workspaces.leave(self, workspaceId, deleteOwned, request.origin));
    const many = (what: Left) => left.filter((one) => one === what).length;
    await this.login.run(user, { leftIn: many('left'), deleted: many('deleted') });
    request.setSessionCookie?.(null);
    return true;
  }

  private async checkPassword(userId: string, password: string): Promise<Pick<UserEntity, 'id' | 'email'>> {
    await this.limits.countReauthentication(userId);
    const user = await this.system.first<Pick<UserEntity, 'id' | 'email' | 'passwordHash'>>(
      sql`select id, email, password_hash as "passwordHash" from users where id = ${userId}`,
    );
    const notTried = () => this.limits.reauthenticationNotTried(userId);
    if (!(await this.passwords.verify(password, user?.passwordHash ?? null, notTried)) || user === null)
      throw badInput('password', 'The password is wrong.', 'PASSWORD_WRONG');
    await this.system.run((tx) => this.limits.reauthenticated(tx, userId));
    return user;
  }

  /** Every workspace they belong to, those included in which their seat is paused. */
  private async placesOf(self: UserActor, { credentials }: RequestContext): Promise<string[]> {
    const person = credentials.session === null ? null : await this.sessions.find(credentials.session);
    if (person?.actor.userId !== self.userId)
      throw new DomainError(ErrorCode.UNAUTHENTICATED, 'You were signed out. Sign in again.');
    return [...person.actor.memberships.map(({ workspaceId }) => workspaceId), ...person.frozenIn];
  }
}
