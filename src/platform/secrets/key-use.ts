import { type SystemDatabase, type Workspaces, sql, workspaceIds } from '../database/index.js';
import { instanceKeysIn } from './secret-rows.js';
import type { StoredSecrets } from './stored-secrets.js';

/** How many rows need each key of the deployment: data keys of workspaces, and what it encrypts itself. */
export async function keyUse(
  workspaces: Workspaces,
  system: SystemDatabase,
  stored: StoredSecrets,
): Promise<Map<string, number>> {
  const use = new Map<string, number>();
  const add = ({ id, rows }: { id: string; rows: number }) => use.set(id, (use.get(id) ?? 0) + rows);
  for (const secret of stored.ofInstance) (await instanceKeysIn(system, secret)).forEach(add);
  for await (const workspaceId of workspaceIds(system)) {
    const wrapped = await workspaces.read(workspaceId, (tx) =>
      tx.query<{ id: string; rows: number }>(sql`
        select split_part(encode(substring(wrapped from 1 for 40), 'escape'), '|', 2) as id, count(*)::int as rows
          from workspace_keys where workspace_id = ${workspaceId} group by 1`),
    );
    wrapped.forEach(add);
  }
  return use;
}
