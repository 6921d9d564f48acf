import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { GuessLimits } from '../guess-limits.js';
import { Policies } from '../policies/policies.js';

const closed = () => new DomainError(ErrorCode.FORBIDDEN, 'Signing up is closed here.', { reason: 'SIGN_UP_CLOSED' });

/** Who may sign up on this deployment, how often, and what they accept by it. */
@Injectable()
export class SignUpPolicy {
  constructor(
    private readonly config: Config,
    private readonly limits: GuessLimits,
    private readonly policies: Policies,
  ) {}

  refuseWhereClosed(): void {
    const { SIGNUP } = this.config.environment;
    if (SIGNUP === 'closed') throw closed();
    if (SIGNUP === 'invite')
      throw new DomainError(
        ErrorCode.FORBIDDEN,
        'Signing up here needs an invitation. Ask an owner of your workspace for one.',
        { reason: 'SIGN_UP_INVITED' },
      );
  }

  /** An invitation opens an account where signing up needs one, and not where no account may be made at all. */
  refuseEvenInvited(): void {
    if (this.config.environment.SIGNUP === 'closed') throw closed();
  }

  async count(ip: string | null): Promise<void> {
    await this.limits.countSignUp(ip);
  }

  /** Records which versions of the policies a person accepted by signing up. */
  async recordAcceptance(tx: WorkspaceTransaction, userId: string): Promise<void> {
    await this.policies.acceptAll(tx, userId);
  }
}
