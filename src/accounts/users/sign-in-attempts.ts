import { Injectable } from '@nestjs/common';
import type { SystemTransaction } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { GuessLimits } from '../guess-limits.js';
import { HashGate } from '../passwords/hash-gate.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { RecordSignInWorker } from '../sessions/record-sign-in.worker.js';
import type { UserEntity } from './user.entity.js';
import { Users } from './users.js';

/** Somebody who tries to sign in, from where, and whose password it was that they gave. */
export interface SignInAttempt {
  readonly user: UserEntity;
  /** Their e-mail address as it is counted. */
  readonly address: string;
  readonly ip: string | null;
}

/** What is tried at the door: counted before it is looked at, and noted for the audit logs. */
@Injectable()
export class SignInAttempts {
  constructor(
    private readonly gate: HashGate,
    private readonly limits: GuessLimits,
    private readonly users: Users,
    private readonly passwords: PasswordHasher,
    private readonly records: RecordSignInWorker,
  ) {}

  /** Finds out whose address and password these are; an unknown address and a wrong password are refused alike. */
  check(email: string, password: string, ip: string | null): Promise<SignInAttempt> {
    // Whoever would not get to the hash either is told before they cost a statement: the counts are rows that all share,
    // and a flood that waits for them would hold every connection.
    return this.gate.admit(async () => {
      const address = await this.users.fold(email.replaceAll('\u0000', '').trim().toWellFormed());
      await this.limits.countSignIn(address, ip);
      const user = await this.users.byEmail(address);
      const notTried = () => this.limits.signInNotTried(address, ip);
      const right = await this.passwords.verify(password, user?.passwordHash ?? null, notTried);
      if (user !== null && right) return { user, address, ip };
      await this.records.noteRefused(user?.id ?? null, ip);
      throw wrongPassword();
    });
  }

  /** The password was right and something else is missing: that is no try that failed. */
  async takeBack({ address, ip }: SignInAttempt): Promise<void> {
    await this.limits.signInNotTried(address, ip);
  }

  /** With the transaction that lets them in: a sign-in without its entry in the audit logs cannot be. */
  async succeed(tx: SystemTransaction, { user, address, ip }: SignInAttempt): Promise<void> {
    await this.limits.signedIn(tx, address, ip);
    await this.records.noteSignedIn(tx, user.id, ip);
  }

  /** They were refused after their password was right. */
  async refuse({ user, ip }: SignInAttempt): Promise<void> {
    await this.records.noteRefused(user.id, ip);
  }
}

/** The same words for an unknown address. */
export function wrongPassword(): DomainError {
  return new DomainError(ErrorCode.UNAUTHENTICATED, 'The e-mail address or the password is wrong.');
}
