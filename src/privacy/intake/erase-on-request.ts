import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { EraseSubject, type ErasedSubject, ErasureCompleted } from '../erasure/index.js';
import { PrivacyRequestStatus } from './enums.js';
import { PrivacyRequests } from './privacy-requests.js';
import { RequestNotices } from './request-notices.js';
import { isOpen, stepTo } from './request-steps.js';
import type { RequestRow } from './request.row.js';

const { COMPLETED, IN_PROGRESS, ON_HOLD } = PrivacyRequestStatus;

/** Has erased what a request asks to be erased, and closes the request when that is done. */
@Injectable()
export class EraseOnRequest implements OnModuleInit {
  constructor(
    private readonly subjects: EraseSubject,
    private readonly requests: PrivacyRequests,
    private readonly notices: RequestNotices,
    private readonly facts: Facts,
  ) {}

  onModuleInit(): void {
    this.facts.on(ErasureCompleted, (tx, fact) => this.completed(tx, fact));
  }

  /** Participant. Begins it; throws LEGAL_HOLD where a hold stops it. Gives the request, to be saved. */
  async begin(tx: WorkspaceTransaction, row: RequestRow, what: ErasedSubject, by: string): Promise<RequestRow> {
    const { erasureId } = await this.subjects.begin(tx, what, { requestId: row.id, by });
    return stepTo({ ...row, erasureId }, IN_PROGRESS, 'Nothing of it is shown any more; what is left is being erased.');
  }

  /** Participant. The same for a request that waits: where a hold stops it, it says so. */
  async orHold(tx: WorkspaceTransaction, row: RequestRow, by: string): Promise<RequestRow> {
    // It goes on by itself, and is told when it has ended.
    if (row.erasureId !== null) return row;
    try {
      return await this.begin(tx, row, { scope: 'CONTACT', contactIds: row.contactIds }, by);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== ErrorCode.LEGAL_HOLD) throw error;
      if (row.status === ON_HOLD) return row;
      await this.notices.tell(tx, row, 'held');
      return stepTo(row, ON_HOLD, 'A legal hold keeps the data for now. It is erased once the hold is released.');
    }
  }

  private async completed(tx: WorkspaceTransaction, { requestId }: ErasureCompleted): Promise<void> {
    if (requestId === null || (await this.requests.byId(tx, requestId)) === null) return;
    const row = await this.requests.lock(tx, requestId);
    if (!isOpen(row)) return;
    // Whoever asked is told before the words about them go.
    await this.notices.tell(tx, row, 'done');
    await this.requests.save(tx, stepTo(row, COMPLETED, 'Everything was erased.'));
  }
}
