import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { EraseSubject, type ErasedSubject, ErasureCompleted } from '../erasure/index.js';
import { PrivacyRequestStatus } from './enums.js';
import { PrivacyRequests } from './privacy-requests.js';
import { RequestNotices } from './request-notices.js';
import { forgotten, isOpen, stepTo } from './request-steps.js';
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
      if (!(error instanceof DomainError)) throw error;
      if (error.code === ErrorCode.NOT_FOUND) return stepTo(row, COMPLETED, 'Nothing of them is kept any more.');
      if (error.code !== ErrorCode.LEGAL_HOLD) throw error;
      if (row.status === ON_HOLD) return row;
      const told = await this.notices.tell(tx, row, 'held', { until: row.extendedUntil ?? row.dueAt });
      const held = stepTo(row, ON_HOLD, 'A legal hold keeps the data for now. It is erased once the hold is released.');
      return { ...held, noticeSentAt: told ? new Date() : row.noticeSentAt };
    }
  }

  /** The request that asked for it is done; every other about the same people forgets them too. */
  private async completed(tx: WorkspaceTransaction, { requestId, subject }: ErasureCompleted): Promise<void> {
    const rows = await this.requests.select(
      tx,
      sql`(id = ${requestId} or contact_ids && ${[...subject.contactIds]}::uuid[]) order by id for update`,
    );
    for (const row of rows) {
      // Whoever asked is told before the words about them go.
      if (isOpen(row)) await this.notices.tell(tx, row, 'done');
      await this.requests.save(tx, forgotten(isOpen(row) ? stepTo(row, COMPLETED, 'Everything was erased.') : row));
    }
  }
}
