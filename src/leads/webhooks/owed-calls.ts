import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import { formerSecretPlace, secretPlace } from './endpoint-secrets.js';

/** A call that is due, as it goes out. */
export interface OwedCall {
  readonly id: string;
  readonly tries: number;
  readonly body: string;
}

/** The calls of an endpoint that are due, with what it takes to make them. */
export interface OwedCalls {
  readonly url: string;
  readonly secrets: readonly string[];
  /** By the database's clock. */
  readonly timestamp: number;
  readonly calls: readonly OwedCall[];
}

interface OpenEndpoint {
  readonly url: string;
  readonly secret: Buffer;
  readonly formerSecret: Buffer | null;
  readonly timestamp: number;
}

interface Owed {
  readonly id: string;
  readonly tries: number;
  readonly event: string;
  readonly at: Date;
  readonly conversationId: string | null;
  readonly messageId: string | null;
  readonly leadId: string | null;
  readonly contactId: string | null;
  readonly channelId: string | null;
  readonly gone: boolean;
}

/** As many as are made at once. */
export const callsAtOnce = 5;

/** What an endpoint is owed now. Participant. */
@Injectable()
export class OwedCallsReader {
  constructor(private readonly secrets: Secrets) {}

  /**
   * The next calls that are due; null where there are none, or the endpoint is not called. What they are about may have gone
   * meanwhile, or may not be used for now: then nobody is told of it any more.
   */
  async next(tx: WorkspaceTransaction, endpointId: string): Promise<OwedCalls | null> {
    const endpoint = await this.endpoint(tx, endpointId);
    if (endpoint === null) return null;
    for (;;) {
      const owed = await due(tx, endpointId);
      if (owed.length === 0) return null;
      const gone = owed.filter((one) => one.gone).map(({ id }) => id);
      if (gone.length > 0) await cancel(tx, gone);
      const left = owed.filter((one) => !one.gone);
      if (left.length === 0) continue;
      return {
        url: endpoint.url,
        secrets: await this.open(tx, endpointId, endpoint),
        timestamp: endpoint.timestamp,
        calls: left.map((one) => ({ id: one.id, tries: one.tries, body: bodyOf(tx.workspaceId, one) })),
      };
    }
  }

  private endpoint(tx: WorkspaceTransaction, endpointId: string): Promise<OpenEndpoint | null> {
    return tx.first<OpenEndpoint>(sql`
      select url, secret, case when former_until > now() then former_secret end as "formerSecret",
             extract(epoch from now())::bigint::int8::float8 as timestamp
        from webhook_endpoints
       where workspace_id = ${tx.workspaceId} and id = ${endpointId} and disabled_because is null
         and coalesce(rests_until <= now(), true)`);
  }

  private async open(tx: WorkspaceTransaction, id: string, endpoint: OpenEndpoint): Promise<string[]> {
    const secret = await this.secrets.decrypt(tx, secretPlace(id), endpoint.secret);
    if (endpoint.formerSecret === null) return [secret];
    return [secret, await this.secrets.decrypt(tx, formerSecretPlace(id), endpoint.formerSecret)];
  }
}

function due(tx: WorkspaceTransaction, endpointId: string): Promise<Owed[]> {
  return tx.query<Owed>(sql`
    select d.id, d.tries, d.event, d.at, d.conversation_id as "conversationId", d.message_id as "messageId",
           d.lead_id as "leadId", k.id as "contactId", coalesce(c.channel_id, l.channel_id) as "channelId",
           (k.id is null or k.processing_restricted
            or (d.message_id is not null
                and not exists (select from messages m where m.workspace_id = d.workspace_id and m.id = d.message_id))) as gone
      from webhook_deliveries d
      left join conversations c on c.workspace_id = d.workspace_id and c.id = d.conversation_id
      left join leads l on l.workspace_id = d.workspace_id and l.id = d.lead_id
      left join contacts k on k.workspace_id = d.workspace_id and k.id = coalesce(c.contact_id, l.contact_id)
     where d.workspace_id = ${tx.workspaceId} and d.endpoint_id = ${endpointId} and d.status = 'PENDING' and d.next_attempt_at <= now()
     order by d.next_attempt_at, d.id limit ${callsAtOnce}`);
}

function cancel(tx: WorkspaceTransaction, ids: readonly string[]): Promise<number> {
  return tx.execute(sql`
    update webhook_deliveries set status = 'CANCELED', next_attempt_at = null
     where workspace_id = ${tx.workspaceId} and id = any (${ids}::uuid[])`);
}

/** Ids alone: who receives it asks for what they may see. Words would be copied to where an erasure does not reach. */
function bodyOf(
  workspaceId: string,
  { event, at, leadId, conversationId, contactId, channelId, messageId }: Owed,
): string {
  const ids = { leadId, conversationId, messageId, contactId, channelId };
  const known = Object.entries(ids).filter(([, id]) => id !== null);
  const data = { workspaceId, ...Object.fromEntries(known) };
  return JSON.stringify({ type: event, timestamp: at.toISOString(), data });
}
