import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, isUuid, sql } from '../../../platform/database/index.js';
import { RowLoader } from '../../../platform/graphql/index.js';
import { type ProposalRow, proposalColumns } from './proposal.row.js';

/** What is proposed to be kept of contacts, the oldest first, by contact. */
@Injectable()
export class ProposalsLoader extends RowLoader<readonly ProposalRow[]> {
  protected override async batch(
    tx: WorkspaceTransaction,
    keys: readonly string[],
  ): Promise<Map<string, readonly ProposalRow[]>> {
    const rows = await tx.query<ProposalRow>(sql`
      select ${proposalColumns} from contact_proposals p
       where p.workspace_id = ${tx.workspaceId} and p.contact_id = any (${keys.filter(isUuid)}::uuid[]) and p.status = 'PROPOSED'
       order by p.id`);
    return Map.groupBy(rows, (row) => row.contactId);
  }
}
