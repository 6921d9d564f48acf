import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, isUuid, sql } from '../platform/database/index.js';
import { notFound } from '../platform/errors/index.js';
import { RowLoader, byId } from '../platform/graphql/index.js';
import { type LeadRow, leadColumns } from './lead.row.js';

/** The leads of these ids, by id. Unknown and malformed ids are left out. */
export async function leadsByIds(tx: WorkspaceTransaction, ids: readonly string[]): Promise<Map<string, LeadRow>> {
  return byId(
    await tx.query<LeadRow>(sql`
      select ${leadColumns} from leads l where l.workspace_id = ${tx.workspaceId} and l.id = any (${ids.filter(isUuid)}::uuid[])`),
  );
}

/** Leads by id, for field resolvers. */
@Injectable()
export class LeadLoader extends RowLoader<LeadRow> {
  protected override batch(tx: WorkspaceTransaction, keys: readonly string[]): Promise<Map<string, LeadRow>> {
    return leadsByIds(tx, keys);
  }
}

/** One lead, held until the end of the transaction. Unknown, foreign and malformed ids answer alike. */
export async function lockLead(tx: WorkspaceTransaction, id: string): Promise<LeadRow> {
  const row = isUuid(id)
    ? await tx.first<LeadRow>(sql`
        select ${leadColumns} from leads l where l.workspace_id = ${tx.workspaceId} and l.id = ${id} for no key update`)
    : null;
  if (row === null) throw notFound('Lead');
  return row;
}
