import { Injectable } from '@nestjs/common';
import type { RequestOrigin, UserActor } from '../../../platform/access/index.js';
import { AuditLog } from '../../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, isUuid, sql } from '../../../platform/database/index.js';
import { DomainError, ErrorCode, notFound } from '../../../platform/errors/index.js';
import { PrivacyRequests } from '../privacy-requests.js';
import { type RequestPlace, RequestCodes } from '../request-codes.js';
import { requireOpen } from '../request-steps.js';
import type { RequestRow } from '../request.row.js';
import { RequireOperator } from './require-operator.js';

/** What an operator does with an open request of a workspace: it is held meanwhile, and the workspace's audit log says so. */
@Injectable()
export class SettleForWorkspace {
  constructor(
    private readonly operators: RequireOperator,
    private readonly workspaces: Workspaces,
    private readonly requests: PrivacyRequests,
    private readonly codes: RequestCodes,
    private readonly audit: AuditLog,
  ) {}

  async run(
    user: UserActor,
    origin: RequestOrigin,
    what: { readonly id: string; readonly action: string },
    work: (tx: WorkspaceTransaction, row: RequestRow) => Promise<RequestRow>,
  ): Promise<RequestRow> {
    await this.operators.run(user);
    const { workspaceId, requestId } = await this.ownedPlace(what.id);
    return this.workspaces.run(workspaceId, async (tx) => {
      if ((await tx.first(sql`select from workspaces where id = ${tx.workspaceId}`)) === null)
        throw notFound('This request');
      const row = await this.requests.lock(tx, requestId);
      requireOpen(row);
      const next = await work(tx, row);
      // The operator is no member: the entry says what was done and from where, the request's step on what ground.
      const { action } = what;
      this.audit.record(tx, { actor: 'system', action, target: row.id, origin, detail: { operator: user.userId } });
      return next;
    });
  }

  private async ownedPlace(id: string): Promise<RequestPlace & { readonly workspaceId: string }> {
    const place = isUuid(id) ? await this.codes.placeOf(id.toLowerCase()) : null;
    if (place === null) throw notFound('This request');
    const { workspaceId, requestId } = place;
    if (workspaceId === null)
      throw new DomainError(
        ErrorCode.CONFLICT,
        'No workspace owns this request yet: give it to the one that it is about first.',
        { reason: 'REQUEST_NOT_OWNED' },
      );
    return { workspaceId, requestId };
  }
}
