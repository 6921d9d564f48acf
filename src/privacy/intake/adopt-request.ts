import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { CarryProof } from './carry-proof.js';
import { FulfilRequest } from './fulfil-request.js';
import { PrivacyRequests } from './privacy-requests.js';
import { RequestJournal } from './request-journal.js';
import { stepTo } from './request-steps.js';
import type { RequestRow } from './request.row.js';

/** Gives a request that nobody owned to a workspace, which goes on with it as with its own: same code, same clock. */
@Injectable()
export class AdoptRequest {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly requests: PrivacyRequests,
    private readonly carry: CarryProof,
    private readonly fulfil: FulfilRequest,
    private readonly journal: RequestJournal,
  ) {}

  run(id: string, workspaceId: string, contactIds: readonly string[], note: string): Promise<RequestRow> {
    return this.workspaces.run(workspaceId, async (tx) => {
      await requireWorkspace(tx);
      const moved = await this.requests.adopt(tx, id);
      const row = await this.journal.received(tx, stepTo({ ...moved, contactIds }, moved.status, note));
      if (row.verifiedAt !== null) return this.fulfil.run(tx, row, 'system');
      return row.details.addressProved === true ? this.carry.run(tx, row) : this.requests.save(tx, row);
    });
  }
}

async function requireWorkspace(tx: WorkspaceTransaction): Promise<void> {
  if ((await tx.first(sql`select from workspaces where id = ${tx.workspaceId} for share`)) === null)
    throw notFound('Workspace');
}
