import { Injectable } from '@nestjs/common';
import passport from 'passport';
import type { Credentials } from '../../platform/access/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { ApiTokens } from './api-tokens.js';

/** Passport strategy: the bearer token of a program. A wrong one is refused; it never falls back to a cookie. */
@Injectable()
export class ApiTokenStrategy extends passport.Strategy {
  override readonly name = 'api-token';

  constructor(private readonly tokens: ApiTokens) {
    super();
  }

  override authenticate(request: unknown): void {
    const { token } = (request as { credentials: Credentials }).credentials;
    if (token === null) {
      this.fail();
      return;
    }
    this.tokens.find(token).then(
      (holder) => {
        if (holder !== null) this.success(holder);
        else
          this.error(
            new DomainError(
              ErrorCode.UNAUTHENTICATED,
              'The API token is not valid: it is mistyped, revoked or expired.',
            ),
          );
      },
      (error: unknown) => this.error(error),
    );
  }
}
