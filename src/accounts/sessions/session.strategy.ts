import { Injectable } from '@nestjs/common';
import passport from 'passport';
import type { Credentials } from '../../platform/access/index.js';
import { Sessions } from './sessions.js';

/** Passport strategy: the session cookie. A cookie that is unknown or has run out is nobody. */
@Injectable()
export class SessionStrategy extends passport.Strategy {
  override readonly name = 'session-cookie';

  constructor(private readonly sessions: Sessions) {
    super();
  }

  override authenticate(request: unknown): void {
    const { session } = (request as { credentials: Credentials }).credentials;
    if (session === null) {
      this.fail();
      return;
    }
    this.sessions.find(session).then(
      (person) => {
        if (person === null) this.fail();
        else this.success(person);
      },
      (error: unknown) => this.error(error),
    );
  }
}
