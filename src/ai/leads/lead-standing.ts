import { LeadSource, LeadStatus, type LeadRow } from '../../leads/index.js';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';

/** Of these the person wrote or sent something in themselves. A machine speaks first to nobody else. */
const theirOwn: readonly LeadSource[] = [LeadSource.CONTACT_FORM, LeadSource.LEAD_AD, LeadSource.CHAT];

/** Whether what came in is for a machine at all. */
export function isForMachines({ source, answerOnly, test }: Pick<LeadRow, 'source' | 'answerOnly' | 'test'>): boolean {
  return theirOwn.includes(source) && !answerOnly && !test;
}

/** Whether a lead waits for a first answer, and nobody works on it. Participant. */
export async function isWaiting(tx: WorkspaceTransaction, lead: LeadRow): Promise<boolean> {
  if (!isForMachines(lead) || lead.status !== LeadStatus.NEW) return false;
  if (lead.firstRepliedAt !== null || lead.replyTask !== null) return false;
  // Whatever a member did with it makes it theirs (not that they made two contacts one), and so does a draft that they asked for.
  const taken = await tx.first(sql`
    select 1 where exists (select from lead_activities a
                            where a.workspace_id = ${tx.workspaceId} and a.lead_id = ${lead.id} and a.member_id is not null
                              and a.kind in ('STATUS', 'OWNER', 'TAGS', 'FIELDS', 'NOTE', 'REPLY', 'REMINDER'))
                or exists (select from drafts d where d.workspace_id = ${tx.workspaceId} and d.lead_id = ${lead.id})`);
  return taken === null;
}
