import { type Sql, isUuid, sql } from '../../platform/database/index.js';
import { textQuery } from '../text-query.js';
import type { ConversationFilter } from './conversation-filter.input.js';

const searched = 1_000;
const nothing = sql`false`;

/** What a filter asks of a row of `conversations c`, for the member who asks. Ids that are none match nothing. */
export function conversationConditions(filter: ConversationFilter, memberId: string): Sql[] {
  const { status, channelIds, assigneeId, unassigned, tag, unread, spam, mentioned } = filter;
  const search = filter.search?.trim() ?? '';
  const conditions = [spam === true ? sql`c.spam` : sql`not c.spam`];
  // One state stands as an equality: that is what the partial indexes can be told by.
  if (given(status))
    conditions.push(status.length === 1 ? sql`c.status = ${status[0]}` : sql`c.status = any (${status}::text[])`);
  if (given(channelIds)) conditions.push(sql`c.channel_id = any (${channelIds.filter(isUuid)}::uuid[])`);
  if (given(assigneeId)) conditions.push(isUuid(assigneeId) ? sql`c.assignee_id = ${assigneeId}` : nothing);
  if (given(unassigned)) conditions.push(unassigned ? sql`c.assignee_id is null` : sql`c.assignee_id is not null`);
  if (given(tag)) conditions.push(sql`${tag.replaceAll('\u0000', '').toWellFormed()} = any (c.tags)`);
  if (given(unread)) conditions.push(unread ? sql`c.unread_count > 0` : sql`c.unread_count = 0`);
  if (given(mentioned)) conditions.push(mentioned ? mentionedTo(memberId) : sql`not (${mentionedTo(memberId)})`);
  if (search !== '') conditions.push(containing(search));
  return conditions;
}

function given<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}

function mentionedTo(memberId: string): Sql {
  return sql`c.id = any (array(select n.conversation_id from mentions n where n.member_id = ${memberId} and n.seen_at is null))`;
}

function containing(search: string): Sql {
  const query = textQuery(search);
  if (query === null) return nothing;
  return sql`(c.id = any (array(select search_conversations(${query}, ${searched})))
              or c.contact_id = any (array(select search_contacts(${query}, ${searched}))))`;
}
