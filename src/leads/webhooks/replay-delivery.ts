import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestContext } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Workspaces, isUuid, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode, notFound } from '../../platform/errors/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { type DeliveryRow, deliveryColumns } from './endpoint.row.js';
import { deliverWebhooks } from './webhook-events.js';

/** A member has a call made again, be it one that failed or one that arrived. It keeps its id, so that it is known as a repeat. */
@Injectable()
export class ReplayDelivery {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  async run(actor: MemberActor, id: string, { origin }: RequestContext): Promise<DeliveryRow> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const found = isUuid(id)
        ? await tx.first<{ status: string; endpointId: string; enabled: boolean }>(sql`
            select d.status, d.endpoint_id as "endpointId", e.disabled_because is null as enabled
              from webhook_deliveries d join webhook_endpoints e on e.workspace_id = d.workspace_id and e.id = d.endpoint_id
             where d.workspace_id = ${tx.workspaceId} and d.id = ${id} for update of e, d`)
        : null;
      if (found === null) throw notFound('The call');
      if (!found.enabled)
        throw new DomainError(ErrorCode.CONFLICT, 'The endpoint is switched off. Switch it on first.', {
          reason: 'WEBHOOK_OFF',
        });
      if (found.status === 'CANCELED')
        throw new DomainError(ErrorCode.CONFLICT, 'What this call was about is gone, so there is nothing to tell.', {
          reason: 'WEBHOOK_CANCELED',
        });
      const row = await tx.first<DeliveryRow>(sql`
        update webhook_deliveries d set status = 'PENDING', tries = 0, next_attempt_at = now()
         where d.workspace_id = ${tx.workspaceId} and d.id = ${id} returning ${deliveryColumns}`);
      if (row === null) throw new Error('A row that is locked cannot go away.');
      this.outbox.schedule(tx, deliverWebhooks, found.endpointId);
      this.audit.record(tx, { actor, action: 'webhook.replay', target: id, origin });
      return row;
    });
  }
}
