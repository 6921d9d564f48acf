import { sql } from '../../platform/database/index.js';

/** Why nothing is sent to an endpoint any more. */
export type DisabledBecause = 'GONE' | 'FAILING' | 'MEMBER';

/** An endpoint as its table holds it, without its secrets. */
export interface EndpointRow {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly disabledBecause: DisabledBecause | null;
  readonly failingSince: Date | null;
  readonly createdAt: Date;
}

/** The columns of an endpoint `e`. */
export const endpointColumns = sql`
  e.id, e.url, e.events, e.disabled_because as "disabledBecause", e.failing_since as "failingSince", e.created_at as "createdAt"`;

/** One call that an endpoint is or was owed. */
export interface DeliveryRow {
  readonly id: string;
  readonly endpointId: string;
  readonly event: string;
  readonly at: Date;
  readonly attempts: number;
  readonly status: string;
  readonly responseStatus: number | null;
  readonly trouble: string | null;
  readonly nextAttemptAt: Date | null;
}

/** The columns of a delivery `d`. */
export const deliveryColumns = sql`
  d.id, d.endpoint_id as "endpointId", d.event, d.at, d.attempts, d.status, d.response_status as "responseStatus",
  d.trouble, d.next_attempt_at as "nextAttemptAt"`;
