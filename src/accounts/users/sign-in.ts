import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../../platform/access/index.js';
import { SystemDatabase, sql } from '../../platform/database/index.js';
import { DomainError } from '../../platform/errors/index.js';
import { Sessions } from '../sessions/sessions.js';
import { SecondFactor } from '../two-factor/second-factor.js';
import { type SignInAttempt, SignInAttempts, wrongPassword } from './sign-in-attempts.js';
import type { SignInInput } from './sign-in.input.js';
import { UserType } from './user.type.js';

/** A person signs in. An unknown address and a wrong password take as long and answer the same. */
@Injectable()
export class SignIn {
  constructor(
    private readonly attempts: SignInAttempts,
    private readonly second: SecondFactor,
    private readonly system: SystemDatabase,
    private readonly sessions: Sessions,
  ) {}

  async run({ email, password, totp }: SignInInput, request: RequestContext): Promise<UserType> {
    this.sessions.requireCookie(request);
    const attempt = await this.attempts.check(email, password, request.origin.ip);
    await this.second.count(attempt.user, totp).catch(async (error: unknown) => {
      await this.attempts.takeBack(attempt);
      throw error;
    });
    const token = await this.open(attempt, totp, request).catch(async (error: unknown) => {
      if (error instanceof DomainError) await this.attempts.refuse(attempt);
      throw error;
    });
    await this.sessions.enter(request, token);
    return UserType.from(attempt.user);
  }

  private open(attempt: SignInAttempt, totp: SignInInput['totp'], request: RequestContext): Promise<string> {
    const { user } = attempt;
    return this.system.run(async (tx) => {
      // The password may have been changed while this one was checked: then it is not right any more.
      const still = await tx.first(
        sql`select from users where id = ${user.id} and password_hash = ${user.passwordHash} for share`,
      );
      if (still === null) throw wrongPassword();
      await this.second.take(tx, user, totp);
      await this.attempts.succeed(tx, attempt);
      // The browser's session from before would stay behind without a cookie that names it.
      await this.sessions.end(tx, request.credentials.session);
      return (await this.sessions.open(tx, user.id, request.origin)).token;
    });
  }
}
