import { Injectable } from '@nestjs/common';
import { WorkspaceDeletions } from '../../accounts/index.js';
import { SystemDatabase, Workspaces } from '../../platform/database/index.js';
import { type PrivacyRequestKind, PrivacyRequestStatus } from './enums.js';
import { dueAtOfDeletion, statusOfDeletion } from './privacy-request.type.js';
import { PrivacyRequests } from './privacy-requests.js';
import { RequestCodes } from './request-codes.js';
import type { RequestRow } from './request.row.js';

/** How far something is, without a word of whom it is about. */
export interface RequestState {
  /** Null: a workspace is deleted. */
  readonly kind: PrivacyRequestKind | null;
  readonly status: PrivacyRequestStatus;
  readonly receivedAt: Date;
  readonly dueAt: Date;
  readonly extendedUntil: Date | null;
  readonly completedAt: Date | null;
  /** By which its receipt is found; null where nothing is erased. */
  readonly erasureId: string | null;
  /** Under which names something was put right. */
  readonly rectified: readonly string[];
}

const deletionCode = /^[\w-]{22}$/;

/** Finds by a code how far a request, or the deletion of a workspace, is. */
@Injectable()
export class ReadRequestState {
  constructor(
    private readonly codes: RequestCodes,
    private readonly requests: PrivacyRequests,
    private readonly deletions: WorkspaceDeletions,
    private readonly workspaces: Workspaces,
    private readonly system: SystemDatabase,
  ) {}

  /** Null for a code that was never given. */
  async run(code: string): Promise<RequestState | null> {
    if (deletionCode.test(code)) return this.ofDeletion(code);
    const place = await this.codes.find(code);
    if (place === null) return null;
    const { workspaceId, requestId } = place;
    if (workspaceId !== null) return this.inWorkspace(workspaceId, requestId);
    const unowned = await this.system.run((tx) => this.requests.byId(tx, requestId));
    if (unowned !== null) return stateOf(unowned);
    // It was given to a workspace this very moment.
    const now = await this.codes.find(code);
    if (now === null || now.workspaceId === null) return null;
    return this.inWorkspace(now.workspaceId, requestId);
  }

  private async inWorkspace(workspaceId: string, requestId: string): Promise<RequestState | null> {
    const row = await this.workspaces.read(workspaceId, (tx) => this.requests.byId(tx, requestId));
    return row === null ? null : stateOf(row);
  }

  private async ofDeletion(code: string): Promise<RequestState | null> {
    const deletion = await this.deletions.byCode(code);
    if (deletion === null) return null;
    const { requestedAt, completedAt } = deletion;
    return {
      kind: null,
      status: statusOfDeletion(deletion),
      receivedAt: requestedAt,
      dueAt: dueAtOfDeletion(deletion),
      extendedUntil: null,
      completedAt,
      erasureId: deletion.id,
      rectified: [],
    };
  }
}

function stateOf(row: RequestRow): RequestState {
  const { kind, status, receivedAt, dueAt, extendedUntil, completedAt, erasureId, details } = row;
  const { rectified = [] } = details;
  return { kind, status, receivedAt, dueAt, extendedUntil, completedAt, erasureId, rectified };
}
