import { sql } from '../../platform/database/index.js';
import { type Exported, exportedRows, goingOn } from '../../platform/personal-data/index.js';
import { conversationMessages } from './conversation-messages.js';

const conversations = exportedRows('conversations', 'conversations', (asked) =>
  asked.subject.conversationIds.length === 0
    ? null
    : sql`select c.id, c.contact_id as "contactId", h.kind as "channelKind", h.name as "channelName", c.subject, c.status, c.tags, c.spam,
                 c.created_at as "createdAt", c.last_activity_at as "lastActivityAt"
            from conversations c join channels h on h.workspace_id = c.workspace_id and h.id = c.channel_id
           where c.workspace_id = ${asked.workspaceId} and c.id = any (${asked.subject.conversationIds}::uuid[]) ${goingOn(sql`c.id`, asked)}`,
);

/** Words that members began to write to them and have not sent; as many as there are members and conversations. */
const begun: Exported = {
  module: 'conversations',
  name: 'unsent-texts',
  async page(tx, { conversationIds }) {
    if (conversationIds.length === 0) return { rows: [], files: [], next: null };
    const rows = await tx.query(sql`
      select d.conversation_id as "conversationId", d.text, d.updated_at as "changedAt" from composer_drafts d
       where d.workspace_id = ${tx.workspaceId} and d.conversation_id = any (${conversationIds}::uuid[]) and d.text <> ''
       order by d.conversation_id, d.updated_at`);
    return { rows, files: [], next: null };
  },
};

/** Which platforms carried the messages, over which accounts of the business. */
const carriers = exportedRows('conversations', 'carriers', (asked) =>
  asked.subject.conversationIds.length === 0
    ? null
    : sql`select h.id, h.provider, h.kind as "channelKind", h.name as "channelName", min(c.created_at) as "firstAt",
                 max(c.last_activity_at) as "lastAt"
            from conversations c join channels h on h.workspace_id = c.workspace_id and h.id = c.channel_id
           where c.workspace_id = ${asked.workspaceId} and c.id = any (${asked.subject.conversationIds}::uuid[]) and h.id > ${asked.after}
           group by h.workspace_id, h.id order by h.id limit ${asked.limit}`,
);

/** For a member: what they wrote, and not what customers answered. */
const written = exportedRows('conversations', 'written-messages', (asked) =>
  asked.subject.memberIds.length === 0
    ? null
    : sql`select m.id, m.conversation_id as "conversationId", m.sent_at as "sentAt", m.direction, m.kind, m.text from messages m
           where m.workspace_id = ${asked.workspaceId} and m.member_id = any (${asked.subject.memberIds}::uuid[])
             and m.deleted_at is null ${goingOn(sql`m.id`, asked)}`,
);

const views = exportedRows('conversations', 'saved-views', (asked) =>
  asked.subject.memberIds.length === 0
    ? null
    : sql`select v.name, v.filter, v.sorting, v.id from saved_views v
           where v.workspace_id = ${asked.workspaceId} and v.member_id = any (${asked.subject.memberIds}::uuid[]) ${goingOn(sql`v.id`, asked)}`,
);

/** What was written to one another, and over what. */
export const threadKinds: readonly Exported[] = [conversations, conversationMessages, begun, carriers, written, views];
