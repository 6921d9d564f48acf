import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { GuessLimits } from '../guess-limits.js';

const refusals = {
  invite: 'Signing up here needs an invitation. Ask an owner of your workspace for one.',
  closed: 'Signing up is closed here.',
} as const;

/** Who may sign up on this deployment, and how often. */
@Injectable()
export class SignUpPolicy {
  constructor(
    private readonly config: Config,
    private readonly limits: GuessLimits,
  ) {}

  refuseWhereClosed(): void {
    const { SIGNUP } = this.config.environment;
    if (SIGNUP !== 'open') throw new DomainError(ErrorCode.FORBIDDEN, refusals[SIGNUP]);
  }

  /** An invitation opens an account where signing up needs one, and not where no account may be made at all. */
  refuseEvenInvited(): void {
    if (this.config.environment.SIGNUP === 'closed') throw new DomainError(ErrorCode.FORBIDDEN, refusals.closed);
  }

  async count(ip: string | null): Promise<void> {
    await this.limits.countSignUp(ip);
  }
}
