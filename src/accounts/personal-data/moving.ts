import { sql } from '../../platform/database/index.js';
import type { Moving } from '../../platform/personal-data/index.js';

/** How the tables of this module travel with a workspace. Nobody gets in by a file: memberships arrive as ended ones. */
export const accountsMoving: Moving = {
  api_tokens: { stays: 'secrets; new ones are made where the workspace is now' },
  invitations: { stays: 'links of this deployment, by mail; people are invited anew' },
  members: {
    carried: 'workspace_id id role joined_at first_steps_hidden',
    left: {
      user_id: 'logins, passwords, second factors and sessions are of this deployment',
      available: 'nobody is at work before they have joined anew',
      frozen: 'a limit of this deployment',
      former_address: 'a digest under a key of this deployment',
    },
    beside: {
      email: sql`(select u.email from users u where u.id = r.user_id)`,
      name: sql`(select u.name from users u where u.id = r.user_id)`,
    },
    arrives: { role: sql`'VIEWER'`, available: sql`false` },
    forPeople: true,
  },
  notification_preferences: {
    carried: 'workspace_id member_id mail push quiet_from quiet_until',
    order: 'member_id',
  },
  notifications: { stays: 'notices that wait to be sent from here' },
  presences: { stays: 'who has a page of this deployment open now' },
  refusals: { stays: 'counts of the last minute, on their way into the audit log' },
  sign_ins: { carried: 'workspace_id id member_id outcome ip at' },
  workspace_deletions: { stays: 'what was deleted here stays deleted' },
  workspaces: {
    carried: 'id name timezone locale created_at controller business_hours retention',
    afterwards: sql`
      select schedule_work(array['apply-retention'], array_agg(id), array_agg(now() + interval '1 day'), '{}'::text[]) from workspaces`,
  },
};
