import type { Moving } from '../../platform/personal-data/index.js';

/** How the tables of this module travel with a workspace. */
export const leadsMoving: Moving = {
  lead_activities: { carried: 'workspace_id id lead_id kind at member_id about_id value text' },
  leads: {
    carried:
      'workspace_id id contact_id original_contact_id source status owner_id channel_id conversation_id external_id form_id ad_id campaign_id name email phone company message fields consents tags answer_only test created_at received_at',
    forPeople: true,
  },
};
