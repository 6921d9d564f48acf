import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { LeadSource } from '../enums.js';
import { type AssignmentRule, LeadAssignmentMode } from './assignment.type.js';

/** What a member writes down, or takes out of a file, is given to whom they say. */
const unset: AssignmentRule = {
  mode: LeadAssignmentMode.OFF,
  sources: [LeadSource.LEAD_AD, LeadSource.CONTACT_FORM, LeadSource.CHAT],
  memberIds: [],
};

/** Participant. Who gets new leads; members who have left are left out. */
export async function readRule(tx: WorkspaceTransaction): Promise<AssignmentRule> {
  const rule = await tx.first<AssignmentRule>(sql`
    select r.mode, r.sources,
           array(select a.member_id::text from lead_assignees a
                   join members m on m.workspace_id = a.workspace_id and m.id = a.member_id
                  where a.workspace_id = r.workspace_id and m.user_id is not null order by a.member_id) as "memberIds"
      from lead_assignments r where r.workspace_id = ${tx.workspaceId}`);
  return rule ?? unset;
}
