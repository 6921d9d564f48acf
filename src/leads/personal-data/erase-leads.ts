import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { type ErasedBatch, type Eraser, PersonalData, type Subject } from '../../platform/personal-data/index.js';

/** Erases what somebody sent in: e-mail address, name, every answer, and what members noted of it. */
@Injectable()
export class EraseLeads implements Eraser, OnModuleInit {
  readonly module = 'leads';

  constructor(private readonly personalData: PersonalData) {}

  onModuleInit(): void {
    this.personalData.erases(this);
  }

  async erase(tx: WorkspaceTransaction, subject: Subject, limit: number): Promise<ErasedBatch> {
    const { scope, contactIds, leadIds = [] } = subject;
    // By the contact as well: what came in between the look and this step is theirs too.
    const rows = await tx.query<{ id: string }>(sql`
      select id from leads where workspace_id = ${tx.workspaceId}
         and (id = any (${leadIds}::uuid[]) or (${scope === 'CONTACT'} and contact_id = any (${contactIds}::uuid[])))
       limit ${limit}`);
    const ids = rows.map(({ id }) => id);
    const erased = {
      lead_reminders: await tx.execute(
        sql`delete from lead_reminders where workspace_id = ${tx.workspaceId} and lead_id = any (${ids}::uuid[])`,
      ),
      lead_activities: await tx.execute(
        sql`delete from lead_activities where workspace_id = ${tx.workspaceId} and lead_id = any (${ids}::uuid[])`,
      ),
      leads: await tx.execute(
        sql`delete from leads where workspace_id = ${tx.workspaceId} and id = any (${ids}::uuid[])`,
      ),
    };
    return { erased, files: [], more: ids.length === limit };
  }
}
