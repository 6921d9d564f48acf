import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { RequestContext, UserActor } from '../../platform/access/index.js';
import { SystemDatabase, type SystemTransaction, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput } from '../../platform/errors/index.js';
import { Mails, mailLocale } from '../../platform/mail/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import { GuessLimits } from '../guess-limits.js';
import { requireRecentPasswordOf } from '../sessions/recent-password.js';
import { Sessions } from '../sessions/sessions.js';
import { twoFactorOnMail } from '../users/mails/account-notices.js';
import { UserEntity } from '../users/user.entity.js';
import { newRecoveryCode, readRecoveryCode, recoveryCodeCount } from './recovery-codes.js';
import { secretOf } from './second-factor.js';
import { newSecret, secretUri, stepOf } from './time-codes.js';

/** A person sets up an authenticator app. Nothing is asked of them at sign-in before a code of it was right once. */
@Injectable()
export class SetUpTwoFactor implements OnModuleInit {
  constructor(
    private readonly system: SystemDatabase,
    private readonly secrets: Secrets,
    private readonly limits: GuessLimits,
    private readonly sessions: Sessions,
    private readonly mails: Mails,
  ) {}

  onModuleInit(): void {
    this.mails.define(twoFactorOnMail);
  }

  /** A new secret, as the address that an app reads. One that was begun before is replaced. */
  async start(self: UserActor): Promise<string> {
    requireRecentPasswordOf(self);
    const secret = newSecret();
    const encrypted = this.secrets.encryptForInstance(secretOf(self.userId), secret);
    return this.system.run(async (tx) => {
      const begun = await tx.execute(sql`
        insert into two_factors as factor (user_id, secret) values (${self.userId}, ${encrypted})
        on conflict (user_id) do update set secret = excluded.secret, created_at = now(), last_step = null
         where factor.confirmed_at is null`);
      if (begun === 0)
        throw new DomainError(ErrorCode.CONFLICT, 'You have a second factor already. Switch it off first.', {
          reason: 'TWO_FACTOR_ALREADY',
        });
      const user = await tx.of(UserEntity).findOneByOrFail({ id: self.userId });
      return secretUri(secret, user.email);
    });
  }

  /** A code of the app shows that it has the secret. Gives the recovery codes, this once. */
  async confirm(self: UserActor, code: string, request: RequestContext): Promise<string[]> {
    this.sessions.requireCookie(request);
    requireRecentPasswordOf(self);
    await this.limits.countSecondFactor(self.userId);
    const codes = Array.from({ length: recoveryCodeCount }, newRecoveryCode);
    const token = await this.system.run((tx) => this.switchOn(tx, self, code, codes));
    if (token === null) throw new DomainError(ErrorCode.UNAUTHENTICATED, 'You were signed out. Sign in again.');
    await this.sessions.enter(request, token);
    return codes;
  }

  private async switchOn(tx: SystemTransaction, self: UserActor, code: string, codes: readonly string[]) {
    const { userId } = self;
    const begun = await tx.first<{ secret: Buffer; now: number }>(sql`
      select secret, (extract(epoch from now()) * 1000)::float8 as now
        from two_factors where user_id = ${userId} and confirmed_at is null for update`);
    if (begun === null)
      throw new DomainError(ErrorCode.CONFLICT, 'Begin with a new secret: there is none to confirm.', {
        reason: 'TWO_FACTOR_BEGIN',
      });
    const secret = this.secrets.decryptForInstance(secretOf(userId), begun.secret);
    const step = stepOf(secret, code.replace(/\s/g, ''), begun.now);
    if (step === null) throw badInput('totp', 'The code is wrong. Is the clock of your phone right?', 'CODE_CLOCK');
    await tx.execute(sql`update two_factors set confirmed_at = now(), last_step = ${step} where user_id = ${userId}`);
    await tx.execute(sql`update users set two_factor_since = now() where id = ${userId}`);
    const digests = codes.map((one) => this.secrets.digest('recovery-code', userId, readRecoveryCode(one) ?? ''));
    await tx.execute(sql`
      insert into recovery_codes (user_id, digest) select ${userId}, digest from unnest(${digests}::bytea[]) as digest`);
    await this.limits.secondFactorGiven(tx, userId);
    // Whoever is signed in elsewhere never gave the second factor.
    await this.sessions.endOthers(tx, userId, self.sessionId);
    const user = await tx.of(UserEntity).findOneByOrFail({ id: userId });
    const mail = { to: user.email, template: twoFactorOnMail, locale: mailLocale(user.locale) } as const;
    await this.mails.queue(tx, { ...mail, values: { name: user.name } });
    return this.sessions.renew(tx, self.sessionId);
  }
}
