import type { WorkspaceTransaction } from '../platform/database/index.js';
import { sql } from '../platform/database/index.js';
import type { LegalHolds } from '../platform/personal-data/index.js';
import { isAged } from './aged-conversations.js';

const nothing = { conversations: 0, messages: 0, files: 0 };

/** Participant. What would go with the conversations in which nothing has happened for so many days. */
export async function countAged(
  tx: WorkspaceTransaction,
  days: number | null,
  holds: LegalHolds,
): Promise<Record<string, number>> {
  if (days === null) return nothing;
  const aged = sql`aged as materialized (select id from conversations where ${isAged(tx.workspaceId, days, holds)})`;
  const rows = await tx.first<{ conversations: number; messages: number }>(sql`
    with ${aged}
    select (select count(*) from aged)::int as conversations,
           (select count(*) from messages where workspace_id = ${tx.workspaceId} and conversation_id in (select id from aged))::int as messages`);
  // Where nothing is old no file is looked at, however many there are.
  if (rows === null || rows.conversations === 0) return nothing;
  // A file goes with the last that names it. From what is old to its files, as a workspace may have very many others.
  const files = await tx.first<{ count: number }>(sql`
    with ${aged}, named as materialized (
      select a.file_id from aged
        join messages m on m.workspace_id = ${tx.workspaceId} and m.conversation_id = aged.id
        join attachments a on a.workspace_id = m.workspace_id and a.message_id = m.id
       where a.file_id is not null
      union
      select d.file_id from aged
        join composer_draft_files d on d.workspace_id = ${tx.workspaceId} and d.conversation_id = aged.id)
    select count(*)::int as count from named
     where not exists (
             select from attachments a join messages m on m.workspace_id = a.workspace_id and m.id = a.message_id
              where a.workspace_id = ${tx.workspaceId} and a.file_id = named.file_id
                and not exists (select from aged where aged.id = m.conversation_id))
       and not exists (
             select from composer_draft_files d
              where d.workspace_id = ${tx.workspaceId} and d.file_id = named.file_id
                and not exists (select from aged where aged.id = d.conversation_id))`);
  return { ...rows, files: files?.count ?? 0 };
}
