import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { type Arrived, type Found, messageKey } from './look-up.js';

/** Whether an event is something that a blocked contact does; what a platform says of earlier messages is not. */
export function isRefused({ people }: Found, { item, event }: Arrived): boolean {
  const byContact =
    (event.type === 'message' && event.from === 'contact') || (event.type === 'reaction' && event.by === 'contact');
  return byContact && people.isBlocked(item.channelId, event.customer);
}

/** The events that are stored; of the messages of blocked contacts only their number is. */
export async function refuseBlocked(
  tx: WorkspaceTransaction,
  found: Found,
  events: readonly Arrived[],
): Promise<readonly Arrived[]> {
  const refused = events.filter((one) => isRefused(found, one));
  if (refused.length === 0) return events;
  const counts = new Map<string, number>();
  for (const { item, event } of refused) {
    // One that was stored before they were blocked may be delivered again.
    if (event.type !== 'message' || found.known.has(messageKey(item.channelId, event.externalId))) continue;
    const contactId = found.people.find(item.channelId, event.customer)?.contactId ?? '';
    counts.set(contactId, (counts.get(contactId) ?? 0) + 1);
  }
  // In one order, so that two batches cannot lock each other out.
  for (const [contactId, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
    await tx.execute(sql`
      update contacts set refused_messages = refused_messages + ${count} where workspace_id = ${tx.workspaceId} and id = ${contactId}`);
  return events.filter((one) => !refused.includes(one));
}
