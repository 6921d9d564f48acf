import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import type { Subject } from '../../platform/personal-data/index.js';

/** Every id that is theirs: of the contacts, of those merged into them, and of the conversations of all of these. */
export async function subjectOfContacts(tx: WorkspaceTransaction, contactIds: readonly string[]): Promise<Subject> {
  const contacts = await tx.query<{ id: string }>(sql`
    with recursive theirs (id) as (
      select k.id from contacts k where k.workspace_id = ${tx.workspaceId} and k.id = any (${contactIds}::uuid[])
      union select k.id from contacts k join theirs t on k.merged_into = t.id where k.workspace_id = ${tx.workspaceId})
    select id from theirs order by id`);
  const ids = contacts.map(({ id }) => id);
  const conversations = await tx.query<{ id: string }>(sql`
    select c.id from conversations c where c.workspace_id = ${tx.workspaceId} and c.contact_id = any (${ids}::uuid[]) order by c.id`);
  return {
    scope: 'CONTACT',
    contactIds: ids,
    conversationIds: conversations.map(({ id }) => id),
    channelIds: [],
    memberIds: [],
  };
}
