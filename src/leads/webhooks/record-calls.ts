import { Injectable } from '@nestjs/common';
import { NotificationKind, Notifications, Role } from '../../accounts/index.js';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import type { CallOutcome } from './call-outcome.js';
import type { DisabledBecause } from './endpoint.row.js';
import { disableEndpoint } from './disable-endpoint.js';
import { callsAtOnce, type OwedCall } from './owed-calls.js';
import { waitAfter } from './retry-waits.js';

/** A call that was made, and what came of it. */
export interface MadeCall {
  readonly call: OwedCall;
  readonly outcome: CallOutcome;
}

/** Days after which an endpoint that takes nothing is not called any more. */
const failingDays = 3;
/** Seconds that an endpoint is left alone where nothing of many calls arrived. */
const restSeconds = 30;

/** Writes down what came of calls: tried again later, failed for good, or the endpoint is called no more. Participant. */
@Injectable()
export class RecordCalls {
  constructor(
    private readonly notifications: Notifications,
    private readonly feed: LiveFeed,
  ) {}

  async run(tx: WorkspaceTransaction, endpointId: string, made: readonly MadeCall[]): Promise<void> {
    const settled = made.map(({ call, outcome }) => {
      const wait = outcome.delivered || outcome.gone ? null : waitAfter(call.tries + 1, outcome.askedWait);
      const status = outcome.delivered ? 'DELIVERED' : wait === null ? 'FAILED' : 'PENDING';
      return { id: call.id, status, wait, responseStatus: outcome.responseStatus, trouble: outcome.trouble };
    });
    // The row of the endpoint first, as whoever removes it does: two of these cannot wait for one another.
    const because = await this.tellEndpoint(tx, endpointId, made);
    await tx.execute(sql`
      update webhook_deliveries d
         set status = n.status, attempts = d.attempts + 1, tries = d.tries + 1, response_status = n."responseStatus",
             trouble = n.trouble, next_attempt_at = now() + make_interval(secs => n.wait)
        from jsonb_to_recordset(${JSON.stringify(settled)}::jsonb)
             as n (id uuid, status text, wait float8, "responseStatus" smallint, trouble text)
       where d.workspace_id = ${tx.workspaceId} and d.id = n.id and d.status = 'PENDING'`);
    if (because === null) return;
    await disableEndpoint(tx, endpointId, because);
    await this.notifications.tell(tx, {
      kind: NotificationKind.WEBHOOK_STOPPED,
      roles: [Role.OWNER, Role.ADMIN],
    });
    this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [endpointId], detail: 'webhooks' });
  }

  /** Since when the endpoint takes nothing; gives why it is called no more, where that is so. */
  private async tellEndpoint(
    tx: WorkspaceTransaction,
    endpointId: string,
    made: readonly MadeCall[],
  ): Promise<DisabledBecause | null> {
    const delivered = made.some(({ outcome }) => outcome.delivered);
    const rest = !delivered && made.length === callsAtOnce ? restSeconds : null;
    const row = await tx.first<{ tooLong: boolean }>(sql`
      update webhook_endpoints
         set failing_since = case when ${delivered} then null else coalesce(failing_since, now()) end,
             rests_until = now() + make_interval(secs => ${rest}::float8)
       where workspace_id = ${tx.workspaceId} and id = ${endpointId} and disabled_because is null
      returning coalesce(failing_since < now() - make_interval(days => ${failingDays}), false) as "tooLong"`);
    if (row === null) return null;
    if (made.some(({ outcome }) => outcome.gone)) return 'GONE';
    return row.tooLong ? 'FAILING' : null;
  }
}
