import type { DataMap } from '../../platform/personal-data/index.js';

/** What the tables of this module hold of people. */
export const leadsDataMap: DataMap = {
  lead_activities: {
    why: 'what was done with a lead, and notes about it',
    kept: 'as long as the lead',
    retention: ['leadsDays'],
    erased: 'deleted with its lead',
    personal: { contact: ['text'], member: ['member_id', 'about_id'] },
    others: 'workspace_id id lead_id kind at value',
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
      'workspace_id id contact_id original_contact_id source status channel_id conversation_id form_id ad_id campaign_id answer_only test created_at received_at',
  },
};
