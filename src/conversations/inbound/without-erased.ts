import type { WorkspaceTransaction } from '../../platform/database/index.js';
import type { Tombstones } from '../tombstones.js';
import type { Arrived, Found } from './look-up.js';

/** The events that are about nobody who was erased; where nobody ever was, nothing is asked. */
export async function withoutErased(
  tx: WorkspaceTransaction,
  tombstones: Tombstones,
  { people, tombstones: any }: Found,
  events: readonly Arrived[],
): Promise<readonly Arrived[]> {
  if (!any) return events;
  return tombstones.keep(
    tx,
    events,
    ({ item, event }) => 'customer' in event && people.find(item.channelId, event.customer) !== null,
  );
}
