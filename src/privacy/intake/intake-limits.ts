import { Injectable } from '@nestjs/common';
import { networkOf } from '../../conversations/index.js';
import { SystemDatabase, countInSpan } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { Secrets } from '../../platform/secrets/index.js';

const hour = 3_600;
const caps = {
  /** One network's worth of addresses. */
  network: { most: 20, seconds: hour },
  /** One mail address: whoever is named gets no more mails than this. */
  address: { most: 3, seconds: 24 * hour },
  everyone: { most: 2_000, seconds: hour },
} as const;

/** How often the public may ask, counted in the database under keyed digests: each request may send a mail. */
@Injectable()
export class IntakeLimits {
  constructor(
    private readonly system: SystemDatabase,
    private readonly secrets: Secrets,
  ) {}

  /** Counts one call from there, or throws RATE_LIMITED: before it is looked at whether a person made it. */
  async countCaller(ip: string | null): Promise<void> {
    await this.countOne('network', networkOf(ip));
  }

  /** Counts one that a person made, or throws RATE_LIMITED. */
  async count(address: string | null): Promise<void> {
    if (address !== null) await this.countOne('address', address);
    await this.countOne('everyone', '');
  }

  /**
   * Counts one that came as a mail, or throws RATE_LIMITED; false where this address was written to often enough today.
   * Its request is taken all the same: a law gives it, and a mail has no other sender to be told to wait.
   */
  async countMail(address: string): Promise<boolean> {
    await this.countOne('everyone', '');
    return this.isUnder('address', address);
  }

  private async countOne(scope: keyof typeof caps, who: string): Promise<void> {
    if (await this.isUnder(scope, who)) return;
    throw new DomainError(
      ErrorCode.RATE_LIMITED,
      'Many requests came from here in a short time. Try again later, or write to the address on the privacy page.',
      { retryAfter: caps[scope].seconds },
    );
  }

  private isUnder(scope: keyof typeof caps, who: string): Promise<boolean> {
    return countInSpan(this.system, this.secrets.digest('privacy intake', scope, who), caps[scope]);
  }
}
