import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../../platform/database/index.js';
import { type ErasedBatch, type Eraser, PersonalData, type Subject } from '../../../platform/personal-data/index.js';

/** Forgets which systems were told of a subject. What they were still owed is not sent any more. */
@Injectable()
export class EraseWebhooks implements Eraser, OnModuleInit {
  readonly module = 'leads';

  constructor(private readonly personalData: PersonalData) {}

  onModuleInit(): void {
    this.personalData.erases(this);
  }

  async erase(
    tx: WorkspaceTransaction,
    { scope, contactIds, conversationIds, leadIds = [] }: Subject,
    limit: number,
  ): Promise<ErasedBatch> {
    const gone = await tx.execute(sql`
      delete from webhook_deliveries where workspace_id = ${tx.workspaceId} and id in (
        select id from webhook_deliveries where workspace_id = ${tx.workspaceId} 
           and (conversation_id = any (${conversationIds}::uuid[]) or lead_id = any (${leadIds}::uuid[])
                or (${scope === 'CONTACT'} and lead_id in (
                      select l.id from leads l where l.workspace_id = ${tx.workspaceId} and l.contact_id = any (${contactIds}::uuid[]))))
         limit ${limit})`);
    return { erased: { webhook_deliveries: gone }, files: [], more: gone === limit };
  }
}
