import type { DataMap } from '../../platform/personal-data/index.js';

/** What the tables of this module hold of people. */
export const leadsDataMap: DataMap = {
  lead_activities: {
    why: 'what was done with a lead, and notes about it',
    kept: 'as long as the lead',
    retention: ['leadsDays'],
    erased: 'deleted with its lead',
    personal: { contact: ['text'], member: ['member_id', 'about_id'] },
    others: 'workspace_id id lead_id kind at value reply_key',
  },
  lead_assignees: {
    why: 'which members get new leads in turn',
    kept: 'as long as they are chosen',
    erased: 'when the member leaves',
    personal: { member: ['member_id'] },
    others: 'workspace_id turn',
  },
  lead_assignments: {
    why: 'whether new leads are given to members in turn, and which',
    kept: 'as long as the workspace',
    erased: 'with the workspace',
    personal: {},
    others: 'workspace_id mode sources turn',
  },
  lead_analysis_rules: {
    why: 'whether stored conversations are used for reports of leads',
    kept: 'as long as the workspace',
    erased: 'with the workspace',
    personal: {},
    others: 'workspace_id enabled',
  },
  lead_arrivals: {
    why: 'filled forms of adverts whose answers are still to be fetched',
    kept: 'until fetched; 90 days where that failed',
    erased: 'by age, and when the lead is found',
    personal: { contact: ['external_id'] },
    others: 'workspace_id id channel_id form_id told_at attempts set_aside_at cause reason',
  },
  lead_forms: {
    why: 'which forms of adverts are chosen',
    kept: 'as long as the channel',
    erased: 'with the workspace',
    personal: {},
    others: 'workspace_id channel_id form_id selected pulled_until',
  },
  lead_reminders: {
    why: 'when members want to be reminded of a lead, and what is to be done',
    kept: 'until cleared; as long as the lead',
    retention: ['leadsDays'],
    erased: 'deleted with its lead, and when the member leaves',
    personal: { contact: ['text'], member: ['member_id'] },
    others: 'workspace_id id lead_id due_at told_at created_at',
  },
  leads: {
    why: 'who is interested, and in what',
    kept: 'until the contact is erased',
    retention: ['leadsDays'],
    erased: 'deleted with its contact',
    personal: {
      contact: ['external_id', 'name', 'email', 'phone', 'company', 'message', 'fields', 'consents', 'tags'],
      member: ['owner_id'],
    },
    others:
      'workspace_id id contact_id original_contact_id source status channel_id conversation_id form_id ad_id campaign_id answer_only test created_at received_at first_replied_at reply_conversation_id reply_task',
  },
};
