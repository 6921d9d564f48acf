import type { SystemDatabase } from '../platform/database/index.js';
import { listUnowned, unownedDays } from '../platform/deliveries/index.js';
import { table } from './table.js';

/** What `deliveries list --state unowned` says: counts alone, for nothing else is kept, and nothing could be replayed. */
export async function unownedOutput(system: SystemDatabase, provider: string | null, limit: number) {
  const found = await listUnowned(system, provider, limit);
  return { text: listed(found), json: found };
}

function listed({ total, events, unowned }: Awaited<ReturnType<typeof listUnowned>>): string {
  if (total === 0) return 'There is none.';
  const headings = ['DAY', 'PROVIDER', 'KIND', 'ACCOUNT', 'EVENTS', 'LAST'];
  const rows = unowned.map((one) => [
    one.day,
    one.provider,
    one.kind,
    one.account,
    String(one.count),
    `${one.lastAt.toISOString().slice(0, 19)}Z`,
  ]);
  const more = total > unowned.length ? `\n${String(total - unowned.length)} more lines; see --limit.` : '';
  const note = `\n${String(events)} events in ${String(unownedDays)} days for accounts that no workspace has connected. Their bodies were dropped.`;
  return table(headings, rows) + more + note;
}
