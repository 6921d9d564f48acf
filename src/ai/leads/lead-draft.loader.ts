import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { RowLoader } from '../../platform/graphql/index.js';
import { type DraftRow, draftColumns, placeOf } from '../drafting/draft.row.js';
import { DraftStatus } from '../enums.js';

/**
 * The reply that is proposed to a lead now, or that is being written, by the lead's id. Where one came to nothing that is told
 * as well, until the lead is answered.
 */
@Injectable()
export class LeadDraftLoader extends RowLoader<DraftRow> {
  protected override async batch(tx: WorkspaceTransaction, keys: readonly string[]): Promise<Map<string, DraftRow>> {
    const rows = await tx.query<DraftRow>(sql`
      select ${draftColumns} from drafts d join leads l on l.workspace_id = d.workspace_id and l.id = d.lead_id
       where d.workspace_id = ${tx.workspaceId} and d.lead_id = any (${keys}::uuid[])
         and (d.status in (${DraftStatus.PROPOSED}, ${DraftStatus.GENERATING})
              or d.status = ${DraftStatus.FAILED} and l.first_replied_at is null
                 and not exists (select from drafts o where o.workspace_id = d.workspace_id and o.lead_id = d.lead_id and o.id > d.id))
       order by d.status = ${DraftStatus.GENERATING}, d.status = ${DraftStatus.PROPOSED}`);
    return new Map(rows.map((row) => [placeOf(row), row]));
  }
}
