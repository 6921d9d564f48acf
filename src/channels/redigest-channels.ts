import { type WorkspaceTransaction, sql } from '../platform/database/index.js';
import type { Secrets } from '../platform/secrets/index.js';
import { accountsOf } from './directory.js';

interface Row {
  readonly provider: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * Writes under the first key by which digests the events and the consents of this workspace's channels are found. Part of a
 * transaction in which no channel is connected; gives how many digests were older.
 */
export async function redigestChannels(tx: WorkspaceTransaction, secrets: Secrets): Promise<number> {
  // Held until the commit, so that none is disconnected while its accounts are written.
  const channels = await tx.query<Row>(sql`
    select provider, settings from channels
     where workspace_id = ${tx.workspaceId} and settings ?| array['accounts', 'grantedBy'] order by id for share`);
  const [older, current]: [Buffer[], Buffer[]] = [[], []];
  for (const { provider, settings } of channels) {
    const people = settings['grantedBy'];
    const named = [
      ...accountsOf({ settings }).map((account) => [provider, account]),
      ...(Array.isArray(people) ? people.map((person) => ['grantor', provider, String(person)]) : []),
    ];
    for (const parts of named) {
      const [now, ...before] = secrets.digests(...parts);
      if (now === undefined) continue;
      older.push(...before);
      current.push(...before.map(() => now));
    }
  }
  if (older.length === 0) return 0;
  const row = await tx.first<{ changed: number }>(
    sql`select rename_channel_digests(${older}::bytea[], ${current}::bytea[]) as changed`,
  );
  return row?.changed ?? 0;
}
