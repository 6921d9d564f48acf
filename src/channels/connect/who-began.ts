import { Injectable } from '@nestjs/common';
import { Authenticator, type Credentials, type MemberActor, Permission } from '../../platform/access/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { workspaceOf } from './consent-state.js';

/** Who comes back from a platform's consent page with a state. */
@Injectable()
export class WhoBegan {
  constructor(private readonly authenticator: Authenticator) {}

  /** The member whose browser this is, in the workspace of the state, if they may still connect accounts there. */
  async run({ session }: Credentials, state: string): Promise<MemberActor | null> {
    const workspaceId = workspaceOf(state);
    if (workspaceId === null || session === null) return null;
    try {
      const actor = await this.authenticator.authenticate({ session, token: null, workspaceId });
      return actor?.kind === 'member' && actor.permissions.has(Permission.ManageChannels) ? actor : null;
    } catch (error) {
      if (error instanceof DomainError && error.code !== ErrorCode.UNAVAILABLE) return null;
      throw error;
    }
  }
}
