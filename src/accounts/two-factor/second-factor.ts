import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type SystemTransaction, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput } from '../../platform/errors/index.js';
import { Mails, mailLocale } from '../../platform/mail/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import { GuessLimits } from '../guess-limits.js';
import { recoveryCodeUsedMail } from '../users/mails/account-notices.js';
import type { UserEntity } from '../users/user.entity.js';
import { readRecoveryCode } from './recovery-codes.js';
import { stepOf } from './time-codes.js';

/** Where a person's secret stands. */
export const secretOf = (row: string) => ({ table: 'two_factors', column: 'secret', row });

interface FactorRow {
  readonly secret: Buffer;
  readonly lastStep: string | null;
  readonly now: number;
}

/** The second factor of those who have one: a code of their app, each good once, or one of their recovery codes. */
@Injectable()
export class SecondFactor implements OnModuleInit {
  constructor(
    private readonly limits: GuessLimits,
    private readonly secrets: Secrets,
    private readonly mails: Mails,
  ) {}

  onModuleInit(): void {
    this.mails.define(recoveryCodeUsedMail);
  }

  /** Before the transaction in which `take` looks at the code: whether one is needed is said, and the try is counted. */
  async count({ id, twoFactorSince }: UserEntity, code: string | null | undefined): Promise<void> {
    if (twoFactorSince === null) return;
    if (code === null || code === undefined || code.trim() === '')
      throw new DomainError(
        ErrorCode.TWO_FACTOR_REQUIRED,
        'Give the code of your authenticator app, or a recovery code.',
      );
    await this.limits.countSecondFactor(id);
  }

  /** Takes the code of a person who has a second factor; refuses one that is wrong or was used. */
  async take(tx: SystemTransaction, user: UserEntity, code: string | null | undefined): Promise<void> {
    // As it is now: it may have been switched on since the person was read.
    const factor = await tx.first<FactorRow>(sql`
      select secret, last_step as "lastStep", (extract(epoch from now()) * 1000)::float8 as now
        from two_factors where user_id = ${user.id} and confirmed_at is not null for update`);
    if (factor === null) return;
    const right =
      (await this.takeStep(tx, user.id, factor, code ?? '')) || (await this.takeRecoveryCode(tx, user, code ?? ''));
    if (!right) throw badInput('totp', 'The code is wrong, or was used already.', 'CODE_WRONG');
    await this.limits.secondFactorGiven(tx, user.id);
  }

  /** The code of the app: each step counts once, so that whoever looks over a shoulder has nothing from it. */
  private async takeStep(tx: SystemTransaction, userId: string, factor: FactorRow, code: string): Promise<boolean> {
    const secret = this.secrets.decryptForInstance(secretOf(userId), factor.secret);
    const step = stepOf(secret, code.replace(/\s/g, ''), factor.now);
    if (step === null || step <= Number(factor.lastStep ?? -1)) return false;
    await tx.execute(sql`update two_factors set last_step = ${step} where user_id = ${userId}`);
    return true;
  }

  private async takeRecoveryCode(tx: SystemTransaction, user: UserEntity, text: string): Promise<boolean> {
    const code = readRecoveryCode(text);
    if (code === null) return false;
    const digests = this.secrets.digests('recovery-code', user.id, code);
    const taken = await tx.execute(sql`
      delete from recovery_codes where user_id = ${user.id} and digest = any (${digests}::bytea[])`);
    if (taken === 0) return false;
    const left = await tx.first<{ n: string }>(
      sql`select count(*) as n from recovery_codes where user_id = ${user.id}`,
    );
    const values = { name: user.name, left: left?.n ?? '0' };
    const locale = mailLocale(user.locale);
    await this.mails.queue(tx, { to: user.email, template: recoveryCodeUsedMail, locale, values });
    return true;
  }
}

/** Nothing but the password is asked at sign-in from now on; false where nothing else was. */
export async function removeSecondFactor(tx: SystemTransaction, userId: string): Promise<boolean> {
  await tx.execute(sql`update users set two_factor_since = null where id = ${userId}`);
  return (await tx.execute(sql`delete from two_factors where user_id = ${userId}`)) > 0;
}
