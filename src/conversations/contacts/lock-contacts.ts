import { type WorkspaceTransaction, isUuid, sql } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { type ContactRow, contactColumns } from '../contact.row.js';

/**
 * Contacts that stand for themselves, in the order of the ids, held until the end of the transaction. Unknown, foreign
 * and malformed ids and those of merged contacts answer alike.
 */
export async function lockContacts(tx: WorkspaceTransaction, ids: readonly string[]): Promise<ContactRow[]> {
  const wanted = ids.map((id) => id.toLowerCase());
  // Always in the same order: two merges of the same people cannot lock each other out.
  const rows = await tx.query<ContactRow>(sql`
    select ${contactColumns} from contacts k
     where k.workspace_id = ${tx.workspaceId} and k.id = any (${wanted.filter(isUuid)}::uuid[]) and k.merged_into is null
     order by k.id for no key update`);
  return wanted.map((id) => {
    const row = rows.find((candidate) => candidate.id === id);
    if (row === undefined) throw notFound('Contact');
    return row;
  });
}

/** One of them. */
export async function lockContact(tx: WorkspaceTransaction, id: string): Promise<ContactRow> {
  const [row] = await lockContacts(tx, [id]);
  if (row === undefined) throw notFound('Contact');
  return row;
}
