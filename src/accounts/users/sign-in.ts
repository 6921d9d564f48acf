import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../../platform/access/index.js';
import { SystemDatabase, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { GuessLimits } from '../guess-limits.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { RecordSignInWorker } from '../sessions/record-sign-in.worker.js';
import { Sessions } from '../sessions/sessions.js';
import { SecondFactor } from '../two-factor/second-factor.js';
import type { SignInInput } from './sign-in.input.js';
import { UserType } from './user.type.js';
import { Users } from './users.js';

/** A person signs in. An unknown address and a wrong password take as long and answer the same. */
@Injectable()
export class SignIn {
  constructor(
    private readonly limits: GuessLimits,
    private readonly users: Users,
    private readonly passwords: PasswordHasher,
    private readonly system: SystemDatabase,
    private readonly sessions: Sessions,
    private readonly second: SecondFactor,
    private readonly records: RecordSignInWorker,
  ) {}

  async run({ email, password, totp }: SignInInput, request: RequestContext): Promise<UserType> {
    this.sessions.requireCookie(request);
    const { ip } = request.origin;
    const address = await this.users.fold(email.replaceAll('\u0000', '').trim().toWellFormed());
    await this.limits.countSignIn(address, ip);
    const user = await this.users.byEmail(address);
    const notTried = () => this.limits.signInNotTried(address, ip);
    const right = await this.passwords.verify(password, user?.passwordHash ?? null, notTried);
    if (user === null || !right) {
      await this.records.note(user?.id ?? null, 'REFUSED', ip);
      throw wrong();
    }
    await this.second.count(user, totp).catch(async (error: unknown) => {
      // The password was right: being asked for the code is no try that failed.
      await notTried();
      throw error;
    });
    const token = await this.system
      .run(async (tx) => {
        // The password may have been changed while this one was checked: then it is not right any more.
        const still = await tx.first(
          sql`select from users where id = ${user.id} and password_hash = ${user.passwordHash} for share`,
        );
        if (still === null) throw wrong();
        await this.second.take(tx, user, totp);
        await this.limits.signedIn(tx, address, ip);
        // The browser's session from before would stay behind without a cookie that names it.
        await this.sessions.end(tx, request.credentials.session);
        return (await this.sessions.open(tx, user.id, request.origin)).token;
      })
      .catch(async (error: unknown) => {
        if (error instanceof DomainError) await this.records.note(user.id, 'REFUSED', ip);
        throw error;
      });
    await this.records.note(user.id, 'SIGNED_IN', ip);
    await this.sessions.enter(request, token);
    return UserType.from(user);
  }
}

function wrong(): DomainError {
  return new DomainError(ErrorCode.UNAUTHENTICATED, 'The e-mail address or the password is wrong.');
}
