import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import type { LeadSource } from '../enums.js';
import { LeadOwners } from '../lead-owners.js';
import { NoteActivity } from '../note-activity.js';

/**
 * Gives a new lead to the member whose turn it is: to whoever of those who are available got one the longest ago. Who was
 * away has missed their turns and is next once when they are back, not many times.
 */
@Injectable()
export class AssignLead {
  constructor(
    private readonly owners: LeadOwners,
    private readonly activity: NoteActivity,
  ) {}

  /** Participant. Nothing happens where the workspace wants none, or nobody is available. */
  async run(tx: WorkspaceTransaction, leadId: string, source: LeadSource): Promise<void> {
    const ownerId = await draw(tx, source);
    if (ownerId === null) return;
    await tx.execute(
      sql`update leads set owner_id = ${ownerId} where workspace_id = ${tx.workspaceId} and id = ${leadId}`,
    );
    await this.activity.add(tx, { leadId, kind: 'OWNER', memberId: null, aboutId: ownerId });
    await this.owners.tell(tx, ownerId, null);
  }
}

/** Two statements: who waits for the first until another lead was given sees in the second whose turn that was. */
async function draw(tx: WorkspaceTransaction, source: LeadSource): Promise<string | null> {
  const next = await tx.first<{ turn: string }>(sql`
    update lead_assignments set turn = turn + 1
     where workspace_id = ${tx.workspaceId} and mode = 'ROUND_ROBIN' and ${source} = any (sources) returning turn::text`);
  if (next === null) return null;
  const drawn = await tx.first<{ memberId: string }>(sql`
    update lead_assignees set turn = ${next.turn}::bigint
     where workspace_id = ${tx.workspaceId} and member_id = (
             select a.member_id from lead_assignees a join members m on m.workspace_id = a.workspace_id and m.id = a.member_id
              where a.workspace_id = ${tx.workspaceId} and m.user_id is not null and m.available and not m.frozen and m.role <> 'VIEWER'
              order by a.turn, a.member_id limit 1)
    returning member_id as "memberId"`);
  return drawn?.memberId ?? null;
}
