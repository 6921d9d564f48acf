import { sql } from '../../platform/database/index.js';
import type { Moving } from '../../platform/personal-data/index.js';

/** How the tables of this module travel with a workspace. */
export const leadsMoving: Moving = {
  lead_activities: { carried: 'workspace_id id lead_id kind at member_id about_id value text reply_key' },
  lead_assignees: { carried: 'workspace_id member_id turn', order: 'member_id' },
  lead_assignments: { carried: 'workspace_id mode sources turn', order: 'workspace_id' },
  lead_analysis_rules: { carried: 'workspace_id enabled', order: 'workspace_id' },
  lead_arrivals: { stays: 'forms that this deployment was told of; where it arrives, the platform is asked anew' },
  lead_forms: {
    carried: 'workspace_id channel_id form_id selected',
    left: { pulled_until: 'forms are read anew where it arrives' },
  },
  lead_reminders: {
    carried: 'workspace_id id lead_id member_id due_at text told_at created_at',
    afterwards: sql`
      select schedule_work(array_agg('remind-of-lead'::text), array_agg(id), array_agg(due_at), '{}'::text[])
        from lead_reminders where told_at is null having count(*) > 0`,
  },
  leads: {
    carried:
      'workspace_id id contact_id original_contact_id source status owner_id channel_id conversation_id external_id form_id ad_id campaign_id name email phone company message fields consents tags answer_only test created_at received_at first_replied_at reply_conversation_id reply_task',
    forPeople: true,
  },
};
