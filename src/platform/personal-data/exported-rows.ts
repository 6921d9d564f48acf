import { type Sql, sql } from '../database/index.js';
import type { DataModule, Exported } from './personal-data.js';
import type { Subject } from './subject.js';

/** Below every id. */
const beforeAll = '00000000-0000-0000-0000-000000000000';

/** What a statement of `exportedRows` is asked for. */
export interface AskedRows {
  readonly workspaceId: string;
  readonly subject: Subject;
  /** Rows with a greater `id`, by `id`, at most so many. */
  readonly after: string;
  readonly limit: number;
}

/** A kind of thing that one statement reads, with an `id` by which it goes on; nothing is asked where it gives null. */
export function exportedRows(module: DataModule, name: string, statement: (asked: AskedRows) => Sql | null): Exported {
  return {
    module,
    name,
    async page(tx, subject, after, limit) {
      const asked = { workspaceId: tx.workspaceId, subject, after: after ?? beforeAll, limit };
      const found = statement(asked);
      const rows = found === null ? [] : await tx.query<Record<string, unknown> & { id: string }>(found);
      const last = rows.length < limit ? undefined : rows.at(-1);
      return { rows, files: [], next: last?.id ?? null };
    },
  };
}

/** The end of such a statement: what comes after the last page, by the id of the table that is called so. */
export function goingOn(id: Sql, { after, limit }: AskedRows): Sql {
  return sql`and ${id} > ${after} order by ${id} limit ${limit}`;
}
