import { Injectable } from '@nestjs/common';
import { SystemDatabase, countInSpan } from '../../platform/database/index.js';
import { Secrets } from '../../platform/secrets/index.js';

const day = 24 * 3_600;
const caps = {
  /** One address, whoever's lead it is. */
  address: { most: 10, seconds: day },
  /** What a workspace sends from the server's address: whoever answers more has a mailbox. */
  workspace: { most: 200, seconds: day },
} as const;

/** How much is answered from the server's own address, counted in the database under keyed digests. */
@Injectable()
export class ReplyLimits {
  constructor(
    private readonly system: SystemDatabase,
    private readonly secrets: Secrets,
  ) {}

  /** Counts one mail; gives whether it may go. */
  async mayMail(workspaceId: string, address: string): Promise<boolean> {
    const under = (scope: keyof typeof caps, who: string) =>
      countInSpan(this.system, this.secrets.digest('lead reply', scope, who), caps[scope]);
    return (await under('workspace', workspaceId)) && (await under('address', address));
  }
}
