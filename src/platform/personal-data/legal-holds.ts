import { Injectable } from '@nestjs/common';
import { type Sql, type WorkspaceTransaction, sql } from '../database/index.js';
import { DomainError, ErrorCode } from '../errors/index.js';

/** What a law or a court keeps from being erased. Whoever erases anything asks here first. */
@Injectable()
export class LegalHolds {
  /** Participant. Throws LEGAL_HOLD where one stands for the whole workspace or one of these contacts. */
  async refuse(tx: WorkspaceTransaction, contactIds: readonly string[]): Promise<void> {
    if (await this.stands(tx, contactIds))
      throw new DomainError(
        ErrorCode.LEGAL_HOLD,
        'A legal hold keeps this from being erased. Release the hold first; an owner or an administrator can.',
        { reason: 'HOLD_KEEPS' },
      );
  }

  /** Participant. Throws LEGAL_HOLD where any hold stands: the workspace cannot go with what has to stay. */
  async refuseForWorkspace(tx: WorkspaceTransaction): Promise<void> {
    const found = await tx.first(
      sql`select from legal_holds where workspace_id = ${tx.workspaceId} and released_at is null limit 1`,
    );
    if (found !== null)
      throw new DomainError(
        ErrorCode.LEGAL_HOLD,
        'A legal hold stands in this workspace, so it cannot be deleted. Release all holds first; an owner or an administrator can.',
        { reason: 'HOLD_STANDS' },
      );
  }

  /** Participant. Whether one stands for the whole workspace or one of these contacts. */
  async stands(tx: WorkspaceTransaction, contactIds: readonly string[]): Promise<boolean> {
    const found = await tx.first(sql`
      select from legal_holds where workspace_id = ${tx.workspaceId} and released_at is null
         and (contact_id is null or contact_id = any (${contactIds}::uuid[])) limit 1`);
    return found !== null;
  }

  /** A condition: no hold stands for the whole workspace, this contact, or one that was merged into it. */
  without(workspaceId: Sql, contactId: Sql): Sql {
    return sql`not exists (
      select from legal_holds h where h.workspace_id = ${workspaceId} and h.released_at is null
         and (h.contact_id is null or h.contact_id = ${contactId}
              or h.contact_id in (select k.id from contacts k where k.workspace_id = h.workspace_id and k.merged_into = ${contactId})))`;
  }
}
