import type { WorkspaceTransaction } from '../platform/database/index.js';
import { sql } from '../platform/database/index.js';
import type { LegalHolds } from '../platform/personal-data/index.js';
import { isAged } from './aged-conversations.js';

/** Participant. What would go with the conversations in which nothing has happened for so many days. */
export async function countAged(
  tx: WorkspaceTransaction,
  days: number | null,
  holds: LegalHolds,
): Promise<Record<string, number>> {
  const aged = sql`aged as materialized (select id from conversations where ${isAged(tx.workspaceId, days, holds)})`;
  const rows = await tx.first<{ conversations: number; messages: number }>(sql`
    with ${aged}
    select (select count(*) from aged)::int as conversations,
           (select count(*) from messages where workspace_id = ${tx.workspaceId} and conversation_id in (select id from aged))::int as messages`);
  // A file goes with the last that names it.
  const files = await tx.first<{ count: number }>(sql`
    with ${aged}, named as (
      select a.file_id, m.conversation_id from attachments a
        join messages m on m.workspace_id = a.workspace_id and m.id = a.message_id
       where a.workspace_id = ${tx.workspaceId} and a.file_id is not null
      union all
      select file_id, conversation_id from composer_draft_files where workspace_id = ${tx.workspaceId})
    select count(*)::int as count from (
      select from named left join aged on aged.id = named.conversation_id
       group by named.file_id having bool_and(aged.id is not null)) gone`);
  return { conversations: rows?.conversations ?? 0, messages: rows?.messages ?? 0, files: files?.count ?? 0 };
}
