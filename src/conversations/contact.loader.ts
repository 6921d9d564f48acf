import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, isUuid, sql } from '../platform/database/index.js';
import { RowLoader, byId } from '../platform/graphql/index.js';
import { type ContactIdentityRow, type ContactNoteRow, type ContactRow, contactColumns } from './contact.row.js';

/** The contacts of these ids, by id. Unknown and malformed ids are left out. */
export async function contactsByIds(
  tx: WorkspaceTransaction,
  ids: readonly string[],
): Promise<Map<string, ContactRow>> {
  return tx.rows('contacts', ids, async (asked) =>
    byId(
      await tx.query<ContactRow>(sql`
        select ${contactColumns} from contacts k
         where k.workspace_id = ${tx.workspaceId} and k.id = any (${asked.filter(isUuid)}::uuid[])`),
    ),
  );
}

/** Contacts by id, for field resolvers. */
@Injectable()
export class ContactLoader extends RowLoader<ContactRow> {
  protected override batch(tx: WorkspaceTransaction, keys: readonly string[]): Promise<Map<string, ContactRow>> {
    return contactsByIds(tx, keys);
  }
}

/** The addresses of contacts, by the contact's id. */
@Injectable()
export class ContactIdentitiesLoader extends RowLoader<readonly ContactIdentityRow[]> {
  protected override async batch(
    tx: WorkspaceTransaction,
    keys: readonly string[],
  ): Promise<Map<string, readonly ContactIdentityRow[]>> {
    const rows = await tx.query<ContactIdentityRow>(sql`
      select i.contact_id as "contactId", i.channel_id as "channelId", h.kind, i.external_id as "externalId", i.handle
        from contact_identities i join channels h on h.workspace_id = i.workspace_id and h.id = i.channel_id
       where i.workspace_id = ${tx.workspaceId} and i.contact_id = any (${keys.filter(isUuid)}::uuid[])
       order by i.created_at, i.id`);
    return Map.groupBy(rows, (row) => row.contactId);
  }
}

/** What members wrote down about contacts, newest first, by the contact's id. */
@Injectable()
export class ContactNotesLoader extends RowLoader<readonly ContactNoteRow[]> {
  protected override async batch(
    tx: WorkspaceTransaction,
    keys: readonly string[],
  ): Promise<Map<string, readonly ContactNoteRow[]>> {
    const rows = await tx.query<ContactNoteRow>(sql`
      select id, contact_id as "contactId", member_id as "memberId", text, created_at as "createdAt" from contact_notes
       where workspace_id = ${tx.workspaceId} and contact_id = any (${keys.filter(isUuid)}::uuid[])
       order by contact_id, id desc`);
    return Map.groupBy(rows, (row) => row.contactId);
  }
}
