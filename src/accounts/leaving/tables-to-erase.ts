import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';

/** A table, and those that its rows refer to. */
export interface ReferringTable {
  readonly name: string;
  readonly refersTo: readonly string[];
}

// The record stays, what the law wants kept of a sale and what is to be ended at the merchant too, and the job's own row of
// work that is due goes with the workspace itself.
const staying = ['workspace_deletions', 'billing_records', 'owed_cancellations', 'due'];

/**
 * Every table that has rows of workspaces, as the catalog says, each before those that it refers to: a new table is among
 * them without a word here.
 */
export async function tablesToErase(tx: WorkspaceTransaction): Promise<string[]> {
  return inOrderOfErasing(
    await tx.query<ReferringTable>(sql`
      select c.relname as name,
             array(select distinct r.relname::text from pg_constraint k join pg_class r on r.oid = k.confrelid
                    where k.conrelid = c.oid and k.contype = 'f' and r.oid <> c.oid) as "refersTo"
        from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
         and not (c.relname = any (${staying}))
         and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped)
       order by c.relname`),
  );
}

/** Each table before those that it refers to. */
export function inOrderOfErasing(tables: readonly ReferringTable[]): string[] {
  const ordered: string[] = [];
  const waiting = new Map(tables.map((table) => [table.name, table]));
  while (waiting.size > 0) {
    const referredTo = new Set([...waiting.values()].flatMap(({ refersTo }) => refersTo));
    const free = [...waiting.keys()].filter((name) => !referredTo.has(name));
    if (free.length === 0) throw new Error(`These tables refer to one another: ${[...waiting.keys()].join(', ')}`);
    for (const name of free) waiting.delete(name);
    ordered.push(...free);
  }
  return ordered;
}
