import { type Sql, type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import type { Law, RequestRow } from './request.row.js';

/** Days that each law gives; without one the shortest of them holds. */
const daysOf: Readonly<Record<Law, number>> = { GDPR: 30, KVKK: 30, CCPA: 45 };
const usualDays = 30;
/** About the asker's own account or workspace here. */
const ownDays = 7;
/** With an extension, from the day on which it came: GDPR and CCPA give so many in all. */
export const longestDays = 90;

/** What a clock goes by. */
export interface Clocked {
  readonly law: Law | null;
  readonly minor: boolean;
  /** It is about the asker's own account or workspace here. */
  readonly own: boolean;
}

/** In how many days a request is done; a child's has none: it is done on the same working day. */
export function daysFor({ law, minor, own }: Clocked): number {
  if (minor) return 0;
  if (own) return ownDays;
  return law === null ? usualDays : daysOf[law];
}

/**
 * By when a request that comes now is done, by the database's clock. A child's: the end of this working day, or of Monday
 * where it is a weekend, as the workspace's own clock says.
 */
export function dueFrom(tx: WorkspaceTransaction | null, clocked: Clocked): Sql {
  const days = daysFor(clocked);
  if (days > 0) return sql`now() + make_interval(days => ${days})`;
  const zone = tx === null ? sql`'UTC'` : sql`(select timezone from workspaces where id = ${tx.workspaceId})`;
  return sql`(date_trunc('day', now() at time zone ${zone}) + make_interval(days => 1 +
              case extract(isodow from now() at time zone ${zone}) when 6 then 2 when 7 then 1 else 0 end)) at time zone ${zone}`;
}

/** The request as one of somebody who is known here: done in seven days. */
export function hastened(row: RequestRow): RequestRow {
  const soon = new Date(row.receivedAt.getTime() + ownDays * 86_400_000);
  return soon < row.dueAt ? { ...row, dueAt: soon } : row;
}
