import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { RequestContext, UserActor } from '../../platform/access/index.js';
import { SystemDatabase, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput } from '../../platform/errors/index.js';
import { Mails, mailLocale } from '../../platform/mail/index.js';
import { Sessions } from '../sessions/sessions.js';
import { LinkTokens } from '../users/link-tokens.js';
import { passwordChangedMail } from '../users/mails/account-notices.js';
import { OwnPassword } from '../users/own-password.js';
import { PasswordHasher } from './password-hasher.js';

/** A signed-in person takes another password. Their other sessions end, and this one gets a new token. */
@Injectable()
export class ChangePassword implements OnModuleInit {
  constructor(
    private readonly own: OwnPassword,
    private readonly passwords: PasswordHasher,
    private readonly system: SystemDatabase,
    private readonly sessions: Sessions,
    private readonly tokens: LinkTokens,
    private readonly mails: Mails,
  ) {}

  onModuleInit(): void {
    this.mails.define(passwordChangedMail);
  }

  async run(self: UserActor, current: string, next: string, request: RequestContext): Promise<boolean> {
    this.sessions.requireCookie(request);
    this.passwords.check(next, 'next');
    const user = await this.own.checkForChange(self, current, 'current');
    this.passwords.check(next, 'next', [user.email, user.name]);
    if (next === current) throw badInput('next', 'This is the password that you have already.', 'PASSWORD_SAME');
    const hash = await this.passwords.hash(next);
    const token = await this.system.run(async (tx) => {
      // Two changes at once: the later one was made with a password that is none any more.
      const changed = await tx.execute(sql`
        update users set password_hash = ${hash} where id = ${user.id} and password_hash = ${user.passwordHash}`);
      if (changed === 0) throw badInput('current', 'The password is wrong.', 'PASSWORD_WRONG');
      await this.sessions.endOthers(tx, user.id, self.sessionId);
      await this.tokens.forget(tx, user.id, ['reset-password', 'change-email']);
      const mail = { to: user.email, template: passwordChangedMail, locale: mailLocale(user.locale) } as const;
      await this.mails.queue(tx, { ...mail, values: { name: user.name } });
      return this.sessions.renew(tx, self.sessionId);
    });
    if (token === null) throw new DomainError(ErrorCode.UNAUTHENTICATED, 'You were signed out. Sign in again.');
    await this.sessions.enter(request, token);
    return true;
  }
}
