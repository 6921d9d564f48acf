import { Injectable } from '@nestjs/common';
import type { RequestOrigin, UserActor } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { SystemDatabase, type WorkspaceTransaction, Workspaces, isUuid, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode, notFound } from '../../platform/errors/index.js';
import { AdoptRequest } from './adopt-request.js';
import { PrivacyRequestKind, PrivacyRequestStatus } from './enums.js';
import { FulfilRequest } from './fulfil-request.js';
import { type AskedRequests, ListRequests } from './list-requests.js';
import { ControllerNotices } from './controller-notices.js';
import { PrivacyRequests } from './privacy-requests.js';
import { RequestCodes } from './request-codes.js';
import { RequestNotices } from './request-notices.js';
import { requireOpen, stepTo } from './request-steps.js';
import { RequireOperator } from './require-operator.js';
import type { RequestRow } from './request.row.js';
import { checkWords } from './settle-request.js';

/**
 * What those who run the deployment do with requests that nobody owns: give them to a workspace, ask its controller, or erase
 * themselves where the law demands it. Inside a workspace each of these is in its audit log, and in the request's steps.
 */
@Injectable()
export class OperatorDesk {
  constructor(
    private readonly operators: RequireOperator,
    private readonly system: SystemDatabase,
    private readonly workspaces: Workspaces,
    private readonly requests: PrivacyRequests,
    private readonly codes: RequestCodes,
    private readonly lists: ListRequests,
    private readonly adopting: AdoptRequest,
    private readonly fulfil: FulfilRequest,
    private readonly notices: RequestNotices,
    private readonly controllers: ControllerNotices,
    private readonly audit: AuditLog,
  ) {}

  /** Requests that no workspace owns. */
  async list(user: UserActor, asked: AskedRequests): Promise<Awaited<ReturnType<ListRequests['run']>>> {
    await this.operators.run(user);
    return this.system.run((tx) => this.lists.run(tx, asked));
  }

  /** Gives a request to the workspace that it is about. */
  async route(user: UserActor, id: string, workspaceId: string): Promise<RequestRow> {
    await this.operators.run(user);
    if (!isUuid(workspaceId)) throw notFound('Workspace');
    const row = await this.adopting.run(
      id.toLowerCase(),
      workspaceId.toLowerCase(),
      [],
      'The operator gave it to this workspace.',
    );
    return row;
  }

  /** Asks the workspace that a request was given to, by mail and in the request's steps. */
  async askController(user: UserActor, origin: RequestOrigin, id: string, given: string): Promise<RequestRow> {
    const message = checkWords('message', given);
    return this.inWorkspace(user, origin, id, 'privacy-request.ask-controller', async (tx, row) => {
      await this.controllers.tell(tx, row, message);
      return this.requests.save(tx, stepTo(row, row.status, 'The operator asks the controller to erase:', message));
    });
  }

  /** Erases in place of the controller, on a ground that the law gives. */
  async eraseDirectly(user: UserActor, origin: RequestOrigin, id: string, given: string): Promise<RequestRow> {
    const basis = checkWords('legalBasis', given);
    return this.inWorkspace(user, origin, id, 'privacy-request.erase-directly', async (tx, row) => {
      if (row.contactIds.length === 0)
        throw new DomainError(
          ErrorCode.CONFLICT,
          'Nobody is found yet: a member of the workspace says whom it is about.',
        );
      const erasing = stepTo(
        row,
        PrivacyRequestStatus.IN_PROGRESS,
        'The operator erases directly, on this ground:',
        basis,
      );
      const kind = PrivacyRequestKind.ERASE;
      return this.fulfil.run(tx, { ...erasing, kind, verifiedAt: row.verifiedAt ?? new Date() }, 'system');
    });
  }

  /** Answers a request that is about an account, or about nothing that is stored here. */
  async settle(user: UserActor, id: string, given: string, refused: boolean): Promise<RequestRow> {
    await this.operators.run(user);
    const answer = checkWords('answer', given);
    return this.system.run(async (tx) => {
      const row = await this.requests.lock(tx, id);
      requireOpen(row);
      await this.notices.tell(tx, row, refused ? 'rejected' : 'answered', { words: answer });
      const status = refused ? PrivacyRequestStatus.REJECTED : PrivacyRequestStatus.COMPLETED;
      return this.requests.save(tx, stepTo(row, status, 'The operator answered:', answer));
    });
  }

  private async inWorkspace(
    user: UserActor,
    origin: RequestOrigin,
    id: string,
    action: string,
    work: (tx: WorkspaceTransaction, row: RequestRow) => Promise<RequestRow>,
  ): Promise<RequestRow> {
    await this.operators.run(user);
    const place = isUuid(id) ? await this.codes.placeOf(id.toLowerCase()) : null;
    if (place === null) throw notFound('This request');
    if (place.workspaceId === null)
      throw new DomainError(
        ErrorCode.CONFLICT,
        'No workspace owns this request yet: give it to the one that it is about first.',
      );
    return this.workspaces.run(place.workspaceId, async (tx) => {
      if ((await tx.first(sql`select from workspaces where id = ${tx.workspaceId}`)) === null)
        throw notFound('This request');
      const row = await this.requests.lock(tx, place.requestId);
      requireOpen(row);
      const next = await work(tx, row);
      // The operator is no member: the entry says what was done and from where, the request's step on what ground.
      this.audit.record(tx, { actor: 'system', action, target: row.id, origin, detail: { operator: user.userId } });
      return next;
    });
  }
}
