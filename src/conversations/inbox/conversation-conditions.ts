import { type Sql, isUuid, sql } from '../../platform/database/index.js';
import { ConversationStatus } from '../enums.js';
import { contactQuery, textQuery } from '../text-query.js';
import type { ConversationFilter } from './conversation-filter.input.js';

const searched = 1_000;
const nothing = sql`false`;
const statusIs: Readonly<Record<ConversationStatus, Sql>> = {
  [ConversationStatus.OPEN]: sql`c.status = 'OPEN'`,
  [ConversationStatus.PENDING]: sql`c.status = 'PENDING'`,
  [ConversationStatus.SNOOZED]: sql`c.status = 'SNOOZED'`,
  [ConversationStatus.RESOLVED]: sql`c.status = 'RESOLVED'`,
};

/** What a filter asks of a row of `conversations c`, for the member who asks. Ids that are none match nothing. */
export function conversationConditions(filter: ConversationFilter, memberId: string): Sql[] {
  const { status, channelIds, assigneeId, unassigned, tag, unread, spam, mentioned, drafted } = filter;
  const search = filter.search?.trim() ?? '';
  const conditions = [spam === true ? sql`c.spam` : sql`not c.spam`];
  // One state stands as an equality with a literal: that is what the partial indexes can be told by, also by a plan that is kept.
  if (given(status))
    conditions.push(
      status.length === 1 ? statusIs[status[0] as ConversationStatus] : sql`c.status = any (${status}::text[])`,
    );
  if (given(channelIds)) conditions.push(sql`c.channel_id = any (${channelIds.filter(isUuid)}::uuid[])`);
  if (given(assigneeId)) conditions.push(isUuid(assigneeId) ? sql`c.assignee_id = ${assigneeId}` : nothing);
  if (given(unassigned)) conditions.push(unassigned ? sql`c.assignee_id is null` : sql`c.assignee_id is not null`);
  if (given(tag)) conditions.push(sql`${tag.replaceAll('\u0000', '').toWellFormed()} = any (c.tags)`);
  if (given(unread)) conditions.push(unread ? sql`c.unread_count > 0` : sql`c.unread_count = 0`);
  if (given(mentioned)) conditions.push(mentioned ? mentionedTo(memberId) : sql`not (${mentionedTo(memberId)})`);
  if (given(drafted)) conditions.push(drafted ? draftedBy(memberId) : sql`not (${draftedBy(memberId)})`);
  if (search !== '') conditions.push(containing(search));
  return conditions;
}

function given<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}

function mentionedTo(memberId: string): Sql {
  return sql`c.id = any (array(select n.conversation_id from mentions n where n.member_id = ${memberId} and n.seen_at is null))`;
}

function draftedBy(memberId: string): Sql {
  return sql`c.id = any (array(select d.conversation_id from composer_drafts d where d.member_id = ${memberId}))`;
}

function containing(search: string): Sql {
  const query = textQuery(search);
  if (query === null) return nothing;
  return sql`(c.id = any (array(select search_conversations(${query}, ${searched})))
              or c.contact_id = any (array(select search_contacts(${contactQuery(search)}, ${searched}))))`;
}
