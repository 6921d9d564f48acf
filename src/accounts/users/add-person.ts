import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../../platform/access/index.js';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import { mailLocale } from '../../platform/mail/index.js';
import { type OpenedSession, Sessions } from '../sessions/sessions.js';
import { SetUp } from './set-up.js';
import { SignUpPolicy } from './sign-up-policy.js';
import { type NewUser, Users, addressTaken } from './users.js';
import { Verification } from './verification.js';

/** Adds the person who signs up, with the session in which they did and the mail that confirms their address. */
@Injectable()
export class AddPerson {
  constructor(
    private readonly users: Users,
    private readonly sessions: Sessions,
    private readonly verification: Verification,
    private readonly setUp: SetUp,
    private readonly policy: SignUpPolicy,
  ) {}

  /** Whether whoever signs up now comes in as the first person; refuses those who may not come in at all. */
  async admitsAsFirst(setUpCode: string | null | undefined): Promise<boolean> {
    const first = await this.setUp.admits(setUpCode);
    if (!first) this.policy.refuseWhereClosed();
    return first;
  }

  /** Before a password is hashed: counts the try, and refuses an address that has an account. */
  async begin(email: string, ip: string | null): Promise<void> {
    await this.policy.count(ip);
    if ((await this.users.byEmail(email)) !== null) throw addressTaken();
  }

  /** Adds them, with which policies they accepted. `first`: they came in as the first person, and have to be that still. */
  async add(
    tx: WorkspaceTransaction,
    person: NewUser,
    first: boolean,
    request: RequestContext,
  ): Promise<OpenedSession> {
    const foundedInstance = first && (await this.setUp.isFirst(tx));
    if (first && !foundedInstance) this.policy.refuseWhereClosed();
    const user = { ...person, locale: mailLocale(request.origin.language), foundedInstance };
    await this.users.add(tx, user);
    await this.policy.recordAcceptance(tx, user.id);
    await this.verification.ask(tx, user);
    await this.sessions.end(tx, request.credentials.session);
    return this.sessions.open(tx, user.id, request.origin);
  }
}
