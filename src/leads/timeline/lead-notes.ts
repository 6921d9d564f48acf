import { Injectable } from '@nestjs/common';
import { type MemberActor, Permission, type RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, isUuid, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput, notFound } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { checkNote } from '../check-lead.js';
import { LeadActivityKind } from '../enums.js';
import { lockLead } from '../lead.loader.js';
import type { LeadRow } from '../lead.row.js';
import { NoteActivity } from '../note-activity.js';

/** What members write down of a lead, for each other: the person never sees it. */
@Injectable()
export class LeadNotes {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly activity: NoteActivity,
    private readonly feed: LiveFeed,
    private readonly audit: AuditLog,
  ) {}

  /** Adds one. */
  async add({ workspaceId, memberId }: MemberActor, leadId: string, given: string): Promise<LeadRow> {
    const text = checkNote('text', given);
    if (text === null) throw badInput('text', 'Write something first.', 'WRITE_FIRST');
    return this.workspaces.run(workspaceId, async (tx) => {
      const lead = await lockLead(tx, leadId);
      await this.activity.add(tx, { leadId: lead.id, kind: 'NOTE', memberId, text });
      this.feed.append(tx, { kind: 'LeadChanged', ids: [lead.id] });
      return lead;
    });
  }

  /** Removes one: one's own, or anybody's for those who run the workspace. */
  async remove(actor: MemberActor, origin: RequestOrigin, id: string): Promise<LeadRow> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const note = await find(tx, id);
      if (note.memberId !== actor.memberId && !actor.permissions.has(Permission.ManageWorkspace))
        throw new DomainError(
          ErrorCode.FORBIDDEN,
          'Only its author and those who run the workspace can delete this note.',
          { reason: 'NOTE_OF_ANOTHER' },
        );
      // First the lead, as everybody who changes one does: two who wait for each other would wait for ever.
      const lead = await lockLead(tx, note.leadId);
      await tx.execute(sql`delete from lead_activities where workspace_id = ${tx.workspaceId} and id = ${note.id}`);
      this.feed.append(tx, { kind: 'LeadChanged', ids: [lead.id] });
      this.audit.record(tx, { actor, action: 'lead.delete-note', target: lead.id, origin });
      return lead;
    });
  }
}

async function find(
  tx: WorkspaceTransaction,
  id: string,
): Promise<{ readonly id: string; readonly leadId: string; readonly memberId: string | null }> {
  const row = isUuid(id)
    ? await tx.first<{ id: string; leadId: string; memberId: string | null }>(sql`
        select id, lead_id as "leadId", member_id as "memberId" from lead_activities
         where workspace_id = ${tx.workspaceId} and id = ${id} and kind = ${LeadActivityKind.NOTE}`)
    : null;
  if (row === null) throw notFound('Note');
  return row;
}
