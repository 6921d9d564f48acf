import { Injectable } from '@nestjs/common';
import { SystemDatabase, type SystemTransaction, sql } from '../../platform/database/index.js';
import { Mails, mailLocale } from '../../platform/mail/index.js';
import { GuessLimits } from '../guess-limits.js';
import { Sessions } from '../sessions/sessions.js';
import { removeSecondFactor } from '../two-factor/second-factor.js';
import { LinkTokens, usedUp } from '../users/link-tokens.js';
import { passwordChangedMail } from '../users/mails/account-notices.js';
import { PasswordHasher } from './password-hasher.js';

/**
 * A person with the link of a reset takes another password. All their sessions end: whoever was in before is out. The link
 * shows that the address is theirs: where nothing showed that before, somebody else may have made the account, so its API
 * tokens and its second factor end too. It does not stand in for a second factor that the owner set up.
 */
@Injectable()
export class ResetPassword {
  constructor(
    private readonly tokens: LinkTokens,
    private readonly passwords: PasswordHasher,
    private readonly system: SystemDatabase,
    private readonly sessions: Sessions,
    private readonly limits: GuessLimits,
    private readonly mails: Mails,
  ) {}

  async run(token: string, password: string): Promise<boolean> {
    this.passwords.check(password, 'password');
    // Hashing costs: nobody makes the server do it with a token that is none.
    await this.tokens.require('reset-password', token);
    const hash = await this.passwords.hash(password);
    await this.system.run((tx) => this.write(tx, token, hash));
    return true;
  }

  private async write(tx: SystemTransaction, token: string, hash: string): Promise<void> {
    const { userId, email } = await this.tokens.take(tx, 'reset-password', token);
    const before = await tx.first<{ proved: boolean }>(sql`
      select email_verified_at is not null as proved from users where id = ${userId} for update`);
    const user = await tx.first<{ name: string; locale: string; folded: string }>(sql`
      update users set password_hash = ${hash}, email_verified_at = coalesce(email_verified_at, now())
       where id = ${userId} and email = ${email} returning name, locale, lower(email) as folded`);
    if (user === null) throw usedUp();
    if (before?.proved !== true) {
      await tx.execute(sql`select void_tokens_of(${userId})`);
      await removeSecondFactor(tx, userId);
    }
    await this.sessions.endAll(tx, userId);
    await this.tokens.forget(tx, userId, ['reset-password', 'change-email', 'verify-email']);
    // Guesses at the old password keep nobody from using the new one.
    await this.limits.forgetSignIns(tx, user.folded);
    const mail = { to: email, template: passwordChangedMail, locale: mailLocale(user.locale) } as const;
    await this.mails.queue(tx, { ...mail, values: { name: user.name } });
  }
}
