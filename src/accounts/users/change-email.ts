import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { type RequestContext, type UserActor, userOf } from '../../platform/access/index.js';
import { SystemDatabase, type SystemTransaction, sql } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { Mails, mailLocale } from '../../platform/mail/index.js';
import { checkInput, emailAddress } from '../check-input.js';
import { GuessLimits } from '../guess-limits.js';
import { Sessions } from '../sessions/sessions.js';
import { LinkTokens, usedUp } from './link-tokens.js';
import { addressInUseMail, changeEmailMail, emailChangeAskedMail, emailChangedMail } from './mails/address-change.js';
import { OwnPassword } from './own-password.js';
import { UserEntity } from './user.entity.js';
import { UserType } from './user.type.js';
import { addressTaken } from './users.js';

const schema = z.object({ email: emailAddress });

/** A person asks to sign in with another address. It changes once the new one is shown to be theirs; the old one hears of it. */
@Injectable()
export class ChangeEmail implements OnModuleInit {
  constructor(
    private readonly own: OwnPassword,
    private readonly limits: GuessLimits,
    private readonly system: SystemDatabase,
    private readonly tokens: LinkTokens,
    private readonly mails: Mails,
  ) {}

  onModuleInit(): void {
    for (const template of [changeEmailMail, emailChangeAskedMail, emailChangedMail]) this.mails.define(template);
    this.mails.define(addressInUseMail);
  }

  async run(self: UserActor, given: string, password: string): Promise<boolean> {
    const { email } = checkInput(schema, { email: given });
    const user = await this.own.checkForChange(self, password);
    if (email === user.email) throw badInput('email', 'This is the address that you have already.', 'EMAIL_SAME');
    await this.limits.countMail(user.id);
    await this.system.run((tx) => this.write(tx, user, email));
    return true;
  }

  // Whether the new address has an account is told to its owner, never to whoever asks.
  private async write(tx: SystemTransaction, user: UserEntity, email: string): Promise<void> {
    const locale = mailLocale(user.locale);
    const other = await tx.first<{ locale: string }>(sql`
      select locale from users where lower(email) = lower(${email}) and id <> ${user.id}`);
    if (other !== null) {
      const values = { email };
      await this.mails.queue(tx, { to: email, template: addressInUseMail, locale: mailLocale(other.locale), values });
    } else {
      const token = await this.tokens.issue(tx, { userId: user.id, email, purpose: 'change-email' });
      const values = { name: user.name, email, token };
      await this.mails.queue(tx, { to: email, template: changeEmailMail, locale, values });
    }
    const values = { name: user.name, email };
    await this.mails.queue(tx, { to: user.email, template: emailChangeAskedMail, locale, values });
  }
}

/** The new address is its person's: it counts from now on. Every other session ends, and this one gets a new token. */
@Injectable()
export class ConfirmEmailChange {
  constructor(
    private readonly system: SystemDatabase,
    private readonly tokens: LinkTokens,
    private readonly sessions: Sessions,
    private readonly mails: Mails,
  ) {}

  async run(token: string, request: RequestContext): Promise<UserType> {
    this.sessions.requireCookie(request);
    const self = userOf(request.actor);
    const { user, session } = await this.system.run((tx) => this.write(tx, token, self));
    if (session !== null) await this.sessions.enter(request, session);
    return UserType.from(user);
  }

  private async write(tx: SystemTransaction, token: string, self: UserActor | null) {
    const { userId, email } = await this.tokens.take(tx, 'change-email', token);
    const before = await tx.of(UserEntity).findOneBy({ id: userId });
    if (before === null) throw usedUp();
    const taken = await tx.first(sql`select from users where lower(email) = lower(${email}) and id <> ${userId}`);
    if (taken !== null) throw addressTaken();
    await tx.execute(sql`update users set email = ${email}, email_verified_at = now() where id = ${userId}`);
    await this.tokens.forget(tx, userId, ['verify-email', 'reset-password', 'change-email']);
    const own = self?.userId === userId ? self.sessionId : null;
    await this.sessions.endOthers(tx, userId, own);
    const values = { name: before.name, email };
    const locale = mailLocale(before.locale);
    await this.mails.queue(tx, { to: before.email, template: emailChangedMail, locale, values });
    const session = own === null ? null : await this.sessions.renew(tx, own);
    return { user: await tx.of(UserEntity).findOneByOrFail({ id: userId }), session };
  }
}
