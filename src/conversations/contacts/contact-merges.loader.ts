import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, isUuid, sql } from '../../platform/database/index.js';
import { RowLoader } from '../../platform/graphql/index.js';
import type { ContactMergeRow } from '../contact.row.js';
import { unmergeDays } from './forget-merges.worker.js';

/** Merges that can still be taken back, newest first, by the contact that was kept. */
@Injectable()
export class ContactMergesLoader extends RowLoader<readonly ContactMergeRow[]> {
  protected override async batch(
    tx: WorkspaceTransaction,
    keys: readonly string[],
  ): Promise<Map<string, readonly ContactMergeRow[]>> {
    const rows = await tx.query<ContactMergeRow>(sql`
      select m.kept_id as "keptId", m.merged_id as "mergedId", m.merged_at as "mergedAt",
             m.merged_at + make_interval(days => ${unmergeDays}) as until,
             coalesce(o.name, (select i.handle from contact_identities i
                                where i.workspace_id = m.workspace_id and i.contact_id = m.kept_id
                                  and i.original_contact_id = m.merged_id and i.handle is not null
                                order by i.created_at, i.id limit 1)) as name
        from contact_merges m join contacts o on o.workspace_id = m.workspace_id and o.id = m.merged_id
       where m.workspace_id = ${tx.workspaceId} and m.kept_id = any (${keys.filter(isUuid)}::uuid[])
         and m.merged_at >= now() - make_interval(days => ${unmergeDays})
       order by m.merged_at desc, m.id desc`);
    return Map.groupBy(rows, (row) => row.keptId);
  }
}
