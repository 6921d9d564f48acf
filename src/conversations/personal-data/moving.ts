import { sql } from '../../platform/database/index.js';
import type { Moving } from '../../platform/personal-data/index.js';

const isThere = sql`exists (select from files f where f.id = r.file_id)`;
const wasWaiting = sql`r.direction = 'OUTBOUND' and r.status in ('QUEUED', 'SENDING', 'HELD')`;

/** How the tables of this module travel with a workspace. Nothing that waited to be sent is sent from where it arrives. */
export const conversationsMoving: Moving = {
  attachments: {
    carried: 'workspace_id id message_id position kind status name content_type size file_id url trouble',
    left: {
      source: 'where the platform keeps the file, for the access of this deployment alone',
      waits_since: 'nothing is fetched any more without that access',
    },
    arrives: {
      status: sql`case when r.status = 'FETCHING' or (r.file_id is not null and not ${isThere}) then 'GONE' else r.status end`,
      file_id: sql`case when ${isThere} then r.file_id end`,
    },
  },
  canned_responses: { carried: 'workspace_id id shortcut text' },
  composer_draft_files: {
    carried: 'workspace_id member_id conversation_id position file_id',
    onlyWhere: isThere,
  },
  composer_drafts: { carried: 'workspace_id member_id conversation_id text updated_at' },
  contact_fields: {
    carried: 'workspace_id id key name kind choices removed_at',
    afterwards: sql`
      select schedule_work(array_agg('remove-contact-field'::text), array_agg(id), array_agg(removed_at), '{}'::text[])
        from contact_fields where removed_at is not null having count(*) > 0`,
  },
  contact_identities: {
    carried: 'workspace_id channel_id external_id id contact_id original_contact_id kind handle thread_key created_at',
    forPeople: true,
  },
  contact_merges: { carried: 'workspace_id id kept_id merged_id kept_before moved merged_at' },
  contact_notes: { carried: 'workspace_id id contact_id member_id text created_at', forPeople: true },
  chat_detail_rules: { carried: 'workspace_id applied country', order: 'workspace_id' },
  contact_proposals: { carried: 'workspace_id id contact_id conversation_id message_id kind value status created_at' },
  contact_segments: { carried: 'workspace_id id name filter' },
  contacts: {
    carried:
      'workspace_id id name avatar_url language emails phones custom_fields tags blocked automation_objected processing_restricted merged_into first_seen_at last_seen_at refused_messages answer_only',
    later: ['merged_into'],
    forPeople: true,
  },
  conversation_rounds: {
    carried: 'workspace_id conversation_id round started_at answered_at answer_id resolved_at member_id',
  },
  conversations: {
    carried:
      'workspace_id id channel_id contact_id thread_key subject status priority assignee_id tags snoozed_until spam ai_paused unread_count last_message_id last_inbound_id last_inbound_at waiting_since read_by_contact_at delivered_to_contact_at last_activity_at created_at unreachable_at reachable_at away_sent_at round round_started_at answered_at answer_id',
    // A trigger begins a round with each conversation that is written.
    later: ['round', 'round_started_at', 'answered_at', 'answer_id'],
    forPeople: true,
    afterwards: sql`
      select schedule_work(array_agg('wake-conversation'::text), array_agg(id), array_agg(snoozed_until), '{}'::text[])
        from conversations where status = 'SNOOZED' and snoozed_until is not null having count(*) > 0`,
  },
  mentions: { carried: 'workspace_id message_id member_id conversation_id seen_at' },
  messages: {
    carried:
      'workspace_id id conversation_id channel_id sent_at edits direction author kind status member_id text external_id reply_to_external_id content error idempotency_key draft_id edited_at deleted_at rating',
    arrives: {
      status: sql`case when ${wasWaiting} then 'FAILED' else r.status end`,
      error: sql`case when ${wasWaiting}
        then 'It was waiting to be sent when the workspace moved here, and was not sent from here. Where it came from may have sent it.'
        else r.error end`,
    },
    forPeople: true,
  },
  reactions: { carried: 'workspace_id channel_id message_external_id actor by emoji at' },
  read_pointers: { carried: 'workspace_id conversation_id member_id message_id' },
  saved_views: { carried: 'workspace_id id member_id name filter sorting' },
  send_attempts: { carried: 'workspace_id id message_id number started_at finished_at outcome error' },
  tombstones: { stays: 'digests of addresses under a key of this deployment, which nobody else can compare with' },
  visitors: {
    carried:
      'workspace_id id channel_id address proven name email details_proven origin mailed_id mailed_at created_at last_seen_at',
    left: { token_hash: 'opens the chat of a visitor: they begin a new one' },
    arrives: { token_hash: sql`sha256(uuid_send(gen_random_uuid()))` },
  },
};
