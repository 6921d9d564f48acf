import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { RequestContext } from '../../platform/access/index.js';
import { Workspaces, newId } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { checkInput, emailAddress, nameOf } from '../check-input.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { Sessions } from '../sessions/sessions.js';
import { FoundWorkspace } from '../workspaces/found-workspace.js';
import { AddPerson } from './add-person.js';
import type { SignUpInput } from './sign-up.input.js';
import { UserType } from './user.type.js';

const schema = z.object({
  email: emailAddress,
  name: nameOf('your name'),
  workspaceName: nameOf('the workspace a name'),
});

/** A person makes an account and their first workspace, and is signed in. */
@Injectable()
export class SignUp {
  constructor(
    private readonly passwords: PasswordHasher,
    private readonly workspaces: Workspaces,
    private readonly sessions: Sessions,
    private readonly founding: FoundWorkspace,
    private readonly person: AddPerson,
  ) {}

  async run(input: SignUpInput, request: RequestContext): Promise<UserType> {
    this.sessions.requireCookie(request);
    const first = await this.person.admitsAsFirst(input.setUpCode);
    if (!input.acceptedPolicies) {
      throw badInput(
        'acceptedPolicies',
        'Read and accept the terms and the privacy policy to sign up.',
        'POLICIES_UNREAD',
      );
    }
    const { email, name, workspaceName } = checkInput(schema, input);
    this.passwords.check(input.password, 'password', [email, name, workspaceName]);
    await this.person.begin(email, request.origin.ip);
    const passwordHash = await this.passwords.hash(input.password);
    const user = { id: newId(), email, name, passwordHash, emailVerifiedAt: null, createdAt: new Date() };
    // One transaction writes it all: users and sessions lie outside row security, so a transaction of the new workspace
    // may write them too, and a crash leaves either a person with their workspace or nothing.
    const token = await this.workspaces.run(newId(), async (tx) => {
      const opened = await this.person.add(tx, user, first, request);
      const { id: sessionId, authenticatedAt } = opened;
      const founder = { kind: 'user', userId: user.id, sessionId, authenticatedAt, memberships: [] } as const;
      await this.founding.found(tx, { name: workspaceName, founder, origin: request.origin });
      return opened.token;
    });
    await this.sessions.enter(request, token);
    return UserType.from({ ...user, twoFactorSince: null });
  }
}
