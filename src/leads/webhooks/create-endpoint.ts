import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestContext } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Config } from '../../platform/config/index.js';
import { Workspaces, newId, sql, waitForOthers } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import { checkEndpointUrl, checkEvents } from './check-endpoint.js';
import { newWebhookSecret, secretPlace } from './endpoint-secrets.js';
import { type EndpointRow, endpointColumns } from './endpoint.row.js';

/** An endpoint with what its calls are signed with. */
export interface OpenedEndpoint {
  readonly endpoint: EndpointRow;
  readonly secret: string;
}

/** Each thing that happens is one call for each of them. */
const most = 10;

/** A member names a system of the business that is to be told what happens. */
@Injectable()
export class CreateEndpoint {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly secrets: Secrets,
    private readonly audit: AuditLog,
    private readonly feed: LiveFeed,
    private readonly config: Config,
  ) {}

  async run(
    actor: MemberActor,
    given: { readonly url: string; readonly events: readonly string[] },
    { origin }: RequestContext,
  ): Promise<OpenedEndpoint> {
    const url = checkEndpointUrl(given.url, this.config);
    const events = checkEvents(given.events);
    const secret = newWebhookSecret();
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      await waitForOthers(tx, 'webhook-endpoints');
      const { count } = (await tx.first<{ count: number }>(sql`
        select count(*)::int as count from webhook_endpoints where workspace_id = ${tx.workspaceId}`)) ?? { count: 0 };
      if (count >= most)
        throw badInput('url', `A workspace has ${String(most)} endpoints at most. Remove one first.`, 'WEBHOOKS_MOST', {
          most: String(most),
        });
      const id = newId();
      const sealed = await this.secrets.encrypt(tx, secretPlace(id), secret);
      const endpoint = await tx.first<EndpointRow>(sql`
        insert into webhook_endpoints as e (workspace_id, id, url, events, secret)
        values (${tx.workspaceId}, ${id}, ${url}, ${events}::text[], ${sealed}) returning ${endpointColumns}`);
      if (endpoint === null) throw new Error('A row that was written is there.');
      // The address may hold a key of the receiver, and stands in the list.
      const detail = { events: events.join(' ') };
      this.audit.record(tx, { actor, action: 'webhook.create', target: id, origin, detail });
      this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [id], detail: 'webhooks' });
      return { endpoint, secret };
    });
  }
}
