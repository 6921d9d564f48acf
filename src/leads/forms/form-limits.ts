import { Injectable } from '@nestjs/common';
import { networkOf } from '../../conversations/index.js';
import { SystemDatabase, countInSpan } from '../../platform/database/index.js';
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

  private isUnder(scope: keyof typeof caps, who: string): Promise<boolean> {
    return countInSpan(this.system, this.secrets.digest('contact form', scope, who), caps[scope]);
  }
}
