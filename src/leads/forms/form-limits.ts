import { Injectable } from '@nestjs/common';
import { networkOf } from '../../conversations/index.js';
import { SystemDatabase, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { Secrets } from '../../platform/secrets/index.js';

const hour = 3_600;
const caps = {
  /** One network's worth of addresses. An office stands behind one. */
  network: { most: 30, seconds: hour },
  /** One form, on a day on which it is in the news. */
  form: { most: 600, seconds: hour },
  /** Mails to one address, whoever's form it is: nobody is flooded by forms in which somebody else writes their address. */
  address: { most: 2, seconds: 24 * hour },
} as const;

/** How often contact forms may be sent in, counted in the database under keyed digests. */
@Injectable()
export class FormLimits {
  constructor(
    private readonly system: SystemDatabase,
    private readonly secrets: Secrets,
  ) {}

  /** Counts one call from there, or throws RATE_LIMITED: before it is looked at whether a person made it. */
  countCaller(ip: string | null): Promise<void> {
    return this.require('network', networkOf(ip));
  }

  /** Counts one that a person made, or throws RATE_LIMITED. */
  countForm(formId: string): Promise<void> {
    return this.require('form', formId);
  }

  /** Whether an address may get one more mail. */
  mayMail(address: string): Promise<boolean> {
    return this.isUnder('address', address);
  }

  private async require(scope: keyof typeof caps, who: string): Promise<void> {
    if (await this.isUnder(scope, who)) return;
    throw new DomainError(
      ErrorCode.RATE_LIMITED,
      'Many messages came from here in a short time. Try again later, or write to the business in another way.',
      { retryAfter: caps[scope].seconds },
    );
  }

  private async isUnder(scope: keyof typeof caps, who: string): Promise<boolean> {
    const { most, seconds } = caps[scope];
    const counted = await this.system.first(sql`
      insert into guesses (key, points, expires_at)
      values (${this.secrets.digest('contact form', scope, who)}, 1, now() + make_interval(secs => ${seconds}))
      on conflict (key) do update
         set points = case when guesses.expires_at <= now() then 1 else guesses.points + 1 end,
             expires_at = case when guesses.expires_at <= now() then excluded.expires_at else guesses.expires_at end
       where guesses.points < ${most} or guesses.expires_at <= now()
      returning points`);
    return counted !== null;
  }
}
