import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { RequestContext } from '../../platform/access/index.js';
import { type WorkspaceTransaction, Workspaces, newId } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { checkInput, emailAddress, nameOf } from '../check-input.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { type OpenedSession, Sessions } from '../sessions/sessions.js';
import { FoundWorkspace } from '../workspaces/found-workspace.js';
import { AddPerson } from './add-person.js';
import type { SignUpInput } from './sign-up.input.js';
import { SignUpPolicy } from './sign-up-policy.js';
import { UserType } from './user.type.js';
import { Users, addressTaken } from './users.js';

const schema = z.object({
  email: emailAddress,
  name: nameOf('your name'),
  workspaceName: nameOf('the workspace a name'),
});

/** A person makes an account and their first workspace, and is signed in. */
@Injectable()
export class SignUp {
  constructor(
    private readonly policy: SignUpPolicy,
    private readonly passwords: PasswordHasher,
    private readonly users: Users,
    private readonly workspaces: Workspaces,
    private readonly sessions: Sessions,
    private readonly founding: FoundWorkspace,
    private readonly person: AddPerson,
  ) {}

  async run(input: SignUpInput, request: RequestContext): Promise<UserType> {
    this.sessions.requireCookie(request);
    const first = await this.person.admitsAsFirst(input.setUpCode);
    if (!input.acceptedPolicies) {
      throw badInput('acceptedPolicies', 'Read and accept the terms and the privacy policy to sign up.');
    }
    const { email, name, workspaceName } = checkInput(schema, input);
    this.passwords.check(input.password, 'password', [email, name, workspaceName]);
    await this.policy.count(request.origin.ip);
    if ((await this.users.byEmail(email)) !== null) throw addressTaken();
    const passwordHash = await this.passwords.hash(input.password);
    const user = { id: newId(), email, name, passwordHash, emailVerifiedAt: null, createdAt: new Date() };
    // One transaction writes it all: users and sessions lie outside row security, so a transaction of the new workspace
    // may write them too, and a crash leaves either a person with their workspace or nothing.
    const token = await this.workspaces.run(newId(), async (tx) => {
      const opened = await this.person.add(tx, user, first, request);
      await this.found(tx, { userId: user.id, opened, name: workspaceName }, request);
      return opened.token;
    });
    await this.sessions.enter(request, token);
    return UserType.from({ ...user, twoFactorSince: null });
  }

  private async found(
    tx: WorkspaceTransaction,
    { userId, opened, name }: { userId: string; opened: OpenedSession; name: string },
    { origin }: RequestContext,
  ): Promise<void> {
    await this.policy.recordAcceptance(tx, userId);
    const { id: sessionId, authenticatedAt } = opened;
    const founder = { kind: 'user', userId, sessionId, authenticatedAt, memberships: [] } as const;
    await this.founding.found(tx, { name, founder, origin });
  }
}
