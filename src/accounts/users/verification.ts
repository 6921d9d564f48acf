import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { UserActor } from '../../platform/access/index.js';
import {
  SystemDatabase,
  type SystemTransaction,
  type WorkspaceTransaction,
  sql,
} from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { Mails, mailLocale } from '../../platform/mail/index.js';
import { GuessLimits } from '../guess-limits.js';
import { LinkTokens, usedUp } from './link-tokens.js';
import { verifyEmailMail } from './mails/verify-email.js';
import { UserEntity } from './user.entity.js';
import { UserType } from './user.type.js';

/** Whether an address is its person's: a mail with a link is sent to it, and whoever opens the link has shown it. */
@Injectable()
export class Verification implements OnModuleInit {
  constructor(
    private readonly system: SystemDatabase,
    private readonly tokens: LinkTokens,
    private readonly mails: Mails,
    private readonly limits: GuessLimits,
  ) {}

  onModuleInit(): void {
    this.mails.define(verifyEmailMail);
  }

  /** Mails the link, with the transaction that made the person. */
  async ask(
    tx: SystemTransaction | WorkspaceTransaction,
    { id: userId, email, name, locale }: Pick<UserEntity, 'id' | 'email' | 'name' | 'locale'>,
  ): Promise<void> {
    const token = await this.tokens.issue(tx, { userId, email, purpose: 'verify-email' });
    const values = { name, email, token };
    await this.mails.queue(tx, { to: email, template: verifyEmailMail, locale: mailLocale(locale), values });
  }

  /** Mails another link. The earlier ones stay good: mails may arrive in any order. */
  async askAgain({ userId }: UserActor): Promise<boolean> {
    await this.limits.countMail(userId);
    await this.system.run(async (tx) => {
      const user = await tx.of(UserEntity).findOneByOrFail({ id: userId });
      if (user.emailVerifiedAt !== null)
        throw new DomainError(ErrorCode.CONFLICT, 'Your e-mail address is confirmed already.', {
          reason: 'EMAIL_CONFIRMED',
        });
      await this.ask(tx, user);
    });
    return true;
  }

  /** Whoever has the link had the mail. It says nothing of an address that the person has changed to since. */
  async verify(token: string): Promise<UserType> {
    return this.system.run(async (tx) => {
      const { userId, email } = await this.tokens.take(tx, 'verify-email', token);
      const verified = await tx.execute(sql`
        update users set email_verified_at = coalesce(email_verified_at, now()) where id = ${userId} and email = ${email}`);
      if (verified === 0) throw usedUp();
      await this.tokens.forget(tx, userId, ['verify-email']);
      return UserType.from(await tx.of(UserEntity).findOneByOrFail({ id: userId }));
    });
  }
}
