import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestContext } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Workspaces, isUuid, sql } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';

/** Removes a bot; its channels are without one, and the record of its runs stays. */
@Injectable()
export class DeleteBot {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly audit: AuditLog,
    private readonly feed: LiveFeed,
  ) {}

  run(actor: MemberActor, id: string, request: RequestContext): Promise<boolean> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const gone = isUuid(id)
        ? await tx.execute(sql`delete from bots where workspace_id = ${tx.workspaceId} and id = ${id}`)
        : 0;
      if (gone === 0) throw notFound('The bot');
      this.audit.record(tx, { actor, action: 'bot.delete', target: id, origin: request.origin });
      this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [id], detail: 'bots' });
      return true;
    });
  }
}
