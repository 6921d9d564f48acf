import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../../platform/database/index.js';
import { JobStatus } from '../../../platform/graphql/index.js';
import { type ErasedBatch, type Eraser, PersonalData, type Subject } from '../../../platform/personal-data/index.js';

/**
 * Whoever is erased may stand in a file that was imported, under whatever spelling: so all files that are still kept go, and one
 * that is being read goes when that ends. Their numbers stay.
 */
@Injectable()
export class EraseImports implements Eraser, OnModuleInit {
  readonly module = 'leads';

  constructor(private readonly personalData: PersonalData) {}

  onModuleInit(): void {
    this.personalData.erases(this);
  }

  async erase(tx: WorkspaceTransaction, { scope }: Subject): Promise<ErasedBatch> {
    if (scope !== 'CONTACT' && scope !== 'LEAD') return { erased: {}, files: [], more: false };
    await tx.execute(sql`
      update lead_imports set forgets_file = true
       where workspace_id = ${tx.workspaceId} and file_id is not null and status in (${JobStatus.QUEUED}, ${JobStatus.RUNNING})`);
    const rows = await tx.query<{ fileId: string }>(sql`
      with kept as (
        select id, file_id from lead_imports
         where workspace_id = ${tx.workspaceId} and file_id is not null and status in (${JobStatus.DONE}, ${JobStatus.FAILED}) for update
      )
      update lead_imports i set file_id = null, columns = '{}', targets = '{}' from kept
       where i.workspace_id = ${tx.workspaceId} and i.id = kept.id returning kept.file_id as "fileId"`);
    const files = await this.remove(
      tx,
      rows.map(({ fileId }) => fileId),
    );
    return {
      erased: rows.length === 0 ? {} : { 'lead_imports: files that were read': rows.length },
      files,
      more: false,
    };
  }

  /** Those that nothing else needs: the same file may have been sent to somebody too, or be read once more just now. */
  private async remove(tx: WorkspaceTransaction, ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const gone = await tx.query<{ id: string }>(sql`
      delete from files f where f.workspace_id = ${tx.workspaceId} and f.id = any (${ids}::uuid[])
         and not exists (select from attachments a where a.workspace_id = f.workspace_id and a.file_id = f.id)
         and not exists (select from composer_draft_files d where d.workspace_id = f.workspace_id and d.file_id = f.id)
         and not exists (select from lead_imports i where i.workspace_id = f.workspace_id and i.file_id = f.id)
      returning f.id`);
    return gone.map(({ id }) => id);
  }
}
