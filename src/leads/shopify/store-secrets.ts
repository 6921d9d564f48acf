import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import type { Secrets, WorkspaceSecret } from '../../platform/secrets/index.js';
import { shopifyProvider } from './store.row.js';

/** The column in which the tokens of stores are kept. */
export const shopifySecrets: readonly WorkspaceSecret[] = [{ table: 'shopify_stores', column: 'token', key: 'id' }];

/** Where the token of a store stands among the secrets. */
export function storeTokenPlace(storeId: string) {
  return { table: 'shopify_stores', column: 'token', row: storeId } as const;
}

/**
 * Writes under the first key by which digests the stores of this workspace are found. Part of a transaction in which none is
 * connected; gives how many digests were older.
 */
export async function redigestStores(tx: WorkspaceTransaction, secrets: Secrets): Promise<number> {
  const stores = await tx.query<{ domain: string }>(sql`
    select domain from shopify_stores
     where workspace_id = ${tx.workspaceId} and status <> 'DISCONNECTED' order by id for share`);
  const [older, current]: [Buffer[], Buffer[]] = [[], []];
  for (const { domain } of stores) {
    const [now, ...before] = secrets.digests(shopifyProvider, domain);
    if (now === undefined) continue;
    older.push(...before);
    current.push(...before.map(() => now));
  }
  if (older.length === 0) return 0;
  const row = await tx.first<{ changed: number }>(
    sql`select rename_channel_digests(${older}::bytea[], ${current}::bytea[]) as changed`,
  );
  return row?.changed ?? 0;
}
