import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import type { DisabledBecause } from './endpoint.row.js';

/** Ends the calls to an endpoint: what it is still owed has failed, and can be sent again by hand. Participant. */
export async function disableEndpoint(
  tx: WorkspaceTransaction,
  endpointId: string,
  because: DisabledBecause,
): Promise<void> {
  await tx.execute(sql`
    update webhook_endpoints set disabled_because = ${because}, rests_until = null
     where workspace_id = ${tx.workspaceId} and id = ${endpointId}`);
  await tx.execute(sql`
    update webhook_deliveries set status = 'FAILED', next_attempt_at = null, trouble = coalesce(trouble, 'DISABLED')
     where workspace_id = ${tx.workspaceId} and endpoint_id = ${endpointId} and status = 'PENDING'`);
}
