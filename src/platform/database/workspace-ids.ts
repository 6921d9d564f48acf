import { sql } from './sql.js';
import type { SystemDatabase } from './workspaces.js';

/** The ids of all workspaces, for what is done in each of them. */
export async function* workspaceIds(system: SystemDatabase): AsyncGenerator<string> {
  let after: string | null = null;
  for (;;) {
    const rows: { id: string }[] = await system.query<{ id: string }>(
      sql`select id from workspace_ids(${after}::uuid, 500)`,
    );
    for (const { id } of rows) yield id;
    after = rows.at(-1)?.id ?? null;
    if (after === null) return;
  }
}
