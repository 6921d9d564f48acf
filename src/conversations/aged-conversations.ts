import { type Sql, sql } from '../platform/database/index.js';
import type { LegalHolds } from '../platform/personal-data/index.js';

/**
 * A condition on rows of `conversations`: nothing has happened in them for so many days, and no legal hold keeps them.
 * Never true where conversations are kept for ever.
 */
export function isAged(workspaceId: string, days: number | null, holds: LegalHolds): Sql {
  if (days === null) return sql`false`;
  const free = holds.without(sql`conversations.workspace_id`, sql`conversations.contact_id`);
  return sql`conversations.workspace_id = ${workspaceId} and conversations.last_activity_at < now() - make_interval(days => ${days}) and ${free}`;
}
