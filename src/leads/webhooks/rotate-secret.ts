import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestContext } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Workspaces, isUuid, sql } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import type { OpenedEndpoint } from './create-endpoint.js';
import { formerSecretPlace, newWebhookSecret, overlapHours, secretPlace } from './endpoint-secrets.js';
import { type EndpointRow, endpointColumns } from './endpoint.row.js';

/** A member has an endpoint's secret changed. For a day calls carry a signature by each, so that nothing is refused meanwhile. */
@Injectable()
export class RotateSecret {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly secrets: Secrets,
    private readonly audit: AuditLog,
  ) {}

  async run(actor: MemberActor, id: string, { origin }: RequestContext): Promise<OpenedEndpoint> {
    const secret = newWebhookSecret();
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const before = isUuid(id)
        ? await tx.first<{ secret: Buffer }>(
            sql`select secret from webhook_endpoints where workspace_id = ${tx.workspaceId} and id = ${id} for update`,
          )
        : null;
      if (before === null) throw notFound('The endpoint');
      const former = await this.secrets.decrypt(tx, secretPlace(id), before.secret);
      const endpoint = await tx.first<EndpointRow>(sql`
        update webhook_endpoints e
           set secret = ${await this.secrets.encrypt(tx, secretPlace(id), secret)},
               former_secret = ${await this.secrets.encrypt(tx, formerSecretPlace(id), former)},
               former_until = now() + make_interval(hours => ${overlapHours})
         where e.workspace_id = ${tx.workspaceId} and e.id = ${id} returning ${endpointColumns}`);
      if (endpoint === null) throw new Error('A row that is locked cannot go away.');
      this.audit.record(tx, { actor, action: 'webhook.rotate-secret', target: id, origin });
      return { endpoint, secret };
    });
  }
}
