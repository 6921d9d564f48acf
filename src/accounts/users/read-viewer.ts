import { Injectable } from '@nestjs/common';
import { type RequestContext, userOf } from '../../platform/access/index.js';
import { UserType } from './user.type.js';
import { Users } from './users.js';

const renewAfterMs = 24 * 3_600_000;

/** Who is signed in; null when nobody is, and for an API token, which is not a person. */
@Injectable()
export class ReadViewer {
  constructor(private readonly users: Users) {}

  async run(request: RequestContext): Promise<UserType | null> {
    const self = userOf(request.actor);
    const user = self === null ? null : await this.users.byId(self.userId);
    if (self === null || user === null) return null;
    // The session lives on with use, so its cookie has to as well. Never right after the token was changed: this answer
    // might arrive after the one that brings the new token.
    if (Date.now() - self.authenticatedAt.getTime() > renewAfterMs)
      request.setSessionCookie?.(request.credentials.session);
    return UserType.from(user);
  }
}
