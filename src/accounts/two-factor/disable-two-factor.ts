import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { RequestContext, UserActor } from '../../platform/access/index.js';
import { SystemDatabase } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { Mails, mailLocale } from '../../platform/mail/index.js';
import { Sessions } from '../sessions/sessions.js';
import { twoFactorOffMail } from '../users/mails/account-notices.js';
import { OwnPassword } from '../users/own-password.js';
import { removeSecondFactor } from './second-factor.js';

/** A person does without the second factor from now on. They gave it within the last 15 minutes, and give the password. */
@Injectable()
export class DisableTwoFactor implements OnModuleInit {
  constructor(
    private readonly own: OwnPassword,
    private readonly system: SystemDatabase,
    private readonly sessions: Sessions,
    private readonly mails: Mails,
  ) {}

  onModuleInit(): void {
    this.mails.define(twoFactorOffMail);
  }

  async run(self: UserActor, password: string, request: RequestContext): Promise<boolean> {
    this.sessions.requireCookie(request);
    const user = await this.own.checkForChange(self, password);
    const token = await this.system.run(async (tx) => {
      if (!(await removeSecondFactor(tx, user.id)))
        throw new DomainError(ErrorCode.CONFLICT, 'You have no second factor.', { reason: 'TWO_FACTOR_NONE' });
      if (user.twoFactorSince !== null) {
        const mail = { to: user.email, template: twoFactorOffMail, locale: mailLocale(user.locale) } as const;
        await this.mails.queue(tx, { ...mail, values: { name: user.name } });
      }
      return this.sessions.renew(tx, self.sessionId);
    });
    if (token === null) throw new DomainError(ErrorCode.UNAUTHENTICATED, 'You were signed out. Sign in again.');
    await this.sessions.enter(request, token);
    return true;
  }
}
