import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestContext } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, isUuid, sql } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { disableEndpoint } from './disable-endpoint.js';
import { type EndpointRow, endpointColumns } from './endpoint.row.js';

/** A member switches an endpoint off or on again, or removes it. */
@Injectable()
export class ChangeEndpoint {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly audit: AuditLog,
    private readonly feed: LiveFeed,
  ) {}

  /** Off, nothing new is owed to it, and what it was owed has failed. On, it is told of what happens from then on. */
  async enable(actor: MemberActor, id: string, enabled: boolean, { origin }: RequestContext): Promise<EndpointRow> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const before = await locked(tx, id);
      if ((before.disabledBecause === null) === enabled) return before;
      if (enabled)
        await tx.execute(sql`
          update webhook_endpoints set disabled_because = null, failing_since = null, rests_until = null
           where workspace_id = ${tx.workspaceId} and id = ${id}`);
      else await disableEndpoint(tx, id, 'MEMBER');
      this.audit.record(tx, { actor, action: 'webhook.enable', target: id, origin, detail: { enabled } });
      this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [id], detail: 'webhooks' });
      return locked(tx, id);
    });
  }

  /** Removes it with its log; calls that it was owed are not made. */
  async delete(actor: MemberActor, id: string, { origin }: RequestContext): Promise<boolean> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      await locked(tx, id);
      await tx.execute(sql`delete from webhook_endpoints where workspace_id = ${tx.workspaceId} and id = ${id}`);
      this.audit.record(tx, { actor, action: 'webhook.delete', target: id, origin });
      this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [id], detail: 'webhooks' });
      return true;
    });
  }
}

async function locked(tx: WorkspaceTransaction, id: string): Promise<EndpointRow> {
  const row = isUuid(id)
    ? await tx.first<EndpointRow>(sql`
        select ${endpointColumns} from webhook_endpoints e
         where e.workspace_id = ${tx.workspaceId} and e.id = ${id} for update`)
    : null;
  if (row === null) throw notFound('The endpoint');
  return row;
}
