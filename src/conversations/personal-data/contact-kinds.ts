import { sql } from '../../platform/database/index.js';
import { type Exported, exportedRows, goingOn } from '../../platform/personal-data/index.js';
import { contactColumns } from '../contact.row.js';

const contacts = exportedRows('conversations', 'contacts', (asked) =>
  asked.subject.contactIds.length === 0
    ? null
    : sql`select ${contactColumns} from contacts k
           where k.workspace_id = ${asked.workspaceId} and k.id = any (${asked.subject.contactIds}::uuid[]) ${goingOn(sql`k.id`, asked)}`,
);

const addresses = exportedRows('conversations', 'addresses', (asked) =>
  asked.subject.contactIds.length === 0
    ? null
    : sql`select i.id, i.contact_id as "contactId", c.kind as "channelKind", c.name as "channelName", i.external_id as "externalId",
                 i.handle, i.created_at as "createdAt"
            from contact_identities i join channels c on c.workspace_id = i.workspace_id and c.id = i.channel_id
           where i.workspace_id = ${asked.workspaceId} and i.contact_id = any (${asked.subject.contactIds}::uuid[]) ${goingOn(sql`i.id`, asked)}`,
);

/** Who wrote a note is left out: that is a member's, not the subject's. */
const notes = exportedRows('conversations', 'contact-notes', (asked) =>
  asked.subject.contactIds.length === 0
    ? null
    : sql`select n.id, n.contact_id as "contactId", n.text, n.created_at as "createdAt" from contact_notes n
           where n.workspace_id = ${asked.workspaceId} and n.contact_id = any (${asked.subject.contactIds}::uuid[]) ${goingOn(sql`n.id`, asked)}`,
);

const merges = exportedRows('conversations', 'merges', (asked) =>
  asked.subject.contactIds.length === 0
    ? null
    : sql`select m.id, m.kept_id as "contactId", m.merged_id as "mergedId", m.merged_at as "mergedAt", m.kept_before as "contactBefore"
            from contact_merges m
           where m.workspace_id = ${asked.workspaceId}
             and (m.kept_id = any (${asked.subject.contactIds}::uuid[]) or m.merged_id = any (${asked.subject.contactIds}::uuid[]))
             ${goingOn(sql`m.id`, asked)}`,
);

/** What they wrote of themselves, and what a member made of it. */
const proposals = exportedRows('conversations', 'details-from-chats', (asked) =>
  asked.subject.contactIds.length === 0
    ? null
    : sql`select p.id, p.contact_id as "contactId", p.kind, p.value, p.status, p.created_at as "createdAt" from contact_proposals p
           where p.workspace_id = ${asked.workspaceId} and p.contact_id = any (${asked.subject.contactIds}::uuid[]) ${goingOn(sql`p.id`, asked)}`,
);

/** What the chat on a site knows of them, but for the token that opens their thread. */
const visitors = exportedRows('conversations', 'chat-visits', (asked) =>
  asked.subject.contactIds.length === 0
    ? null
    : sql`select v.id, c.name as "channelName", v.address as "externalId", v.name, v.email, v.details_proven as "proven", v.origin,
                 v.created_at as "createdAt", v.last_seen_at as "lastSeenAt"
            from visitors v join channels c on c.workspace_id = v.workspace_id and c.id = v.channel_id
           where v.workspace_id = ${asked.workspaceId} and (v.channel_id, v.address) in (
                   select i.channel_id, i.external_id from contact_identities i
                    where i.workspace_id = ${asked.workspaceId} and i.contact_id = any (${asked.subject.contactIds}::uuid[]))
             ${goingOn(sql`v.id`, asked)}`,
);

/** What is known of a contact beside what was written. */
export const contactKinds: readonly Exported[] = [contacts, addresses, notes, merges, proposals, visitors];
