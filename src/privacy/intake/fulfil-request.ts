import { Injectable } from '@nestjs/common';
import { MarkContacts, UpdateContact } from '../../conversations/index.js';
import type { MemberActor } from '../../platform/access/index.js';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import { PrivacyRequestKind, PrivacyRequestStatus } from './enums.js';
import { EraseOnRequest } from './erase-on-request.js';
import { ExportOnRequest } from './export-on-request.js';
import { PrivacyRequests } from './privacy-requests.js';
import { rectificationOf } from './rectification.js';
import { RequestJournal } from './request-journal.js';
import { RequestNotices } from './request-notices.js';
import { isOpen, stepTo } from './request-steps.js';
import type { RequestRow } from './request.row.js';

const { COMPLETED, IN_PROGRESS } = PrivacyRequestStatus;

/** Whoever settles it: for the audit entries of what is changed. */
export type Settler = MemberActor | 'system';

/**
 * Does what a request asks for, once who asks is proved and whom it is about is known; until then it says what is missing.
 * Takes part in the transaction in which the last of both came about.
 */
@Injectable()
export class FulfilRequest {
  constructor(
    private readonly requests: PrivacyRequests,
    private readonly marks: MarkContacts,
    private readonly contacts: UpdateContact,
    private readonly notices: RequestNotices,
    private readonly erasing: EraseOnRequest,
    private readonly exporting: ExportOnRequest,
    private readonly journal: RequestJournal,
  ) {}

  /** Goes as far as it can, writes down how far that was, and gives it. */
  async run(tx: WorkspaceTransaction, row: RequestRow, by: Settler): Promise<RequestRow> {
    const next = await this.goOn(tx, row, by);
    // Whoever asked is told before the words about them go.
    if (next.status === COMPLETED && row.status !== COMPLETED) await this.tellDone(tx, row, next);
    return this.requests.save(tx, next);
  }

  private async tellDone(tx: WorkspaceTransaction, row: RequestRow, { details }: RequestRow): Promise<void> {
    const { rectified = [] } = details;
    if (rectified.length === 0) await this.notices.tell(tx, row, 'done');
    else await this.notices.tell(tx, row, 'rectified', { words: rectified.join(' ') });
  }

  private async goOn(tx: WorkspaceTransaction, row: RequestRow, by: Settler): Promise<RequestRow> {
    if (!isOpen(row) || row.verifiedAt === null) return row;
    if (row.contactIds.length === 0)
      return stepTo(row, IN_PROGRESS, 'Who asks is proved; whom it is about has still to be found.');
    switch (row.kind) {
      case PrivacyRequestKind.RESTRICT:
        return this.mark(tx, row, { processingRestricted: true }, 'Their data is kept and not used any more.');
      case PrivacyRequestKind.OBJECT:
        return this.mark(
          tx,
          row,
          { processingRestricted: true, automationObjected: true },
          'Their data is not used any more, and no machine answers them.',
        );
      case PrivacyRequestKind.OBJECT_AUTOMATED:
        return this.mark(tx, row, { automationObjected: true }, 'No machine answers them any more.');
      case PrivacyRequestKind.RECTIFY:
        return this.rectify(tx, row, by);
      case PrivacyRequestKind.ERASE:
        return this.erasing.orHold(tx, row, by === 'system' ? by : `member:${by.memberId}`);
      default:
        if (row.details.unclear === true)
          return stepTo(row, IN_PROGRESS, 'It cannot be told from the words what is asked for: people decide.');
        return this.exporting.begin(tx, row);
    }
  }

  private async mark(
    tx: WorkspaceTransaction,
    row: RequestRow,
    marks: Parameters<MarkContacts['run']>[2],
    note: string,
  ): Promise<RequestRow> {
    await this.marks.run(tx, row.contactIds, marks);
    this.journal.marked(tx, row.contactIds, marks, row.id);
    return stepTo(row, COMPLETED, note);
  }

  private async rectify(tx: WorkspaceTransaction, row: RequestRow, by: Settler): Promise<RequestRow> {
    const change = rectificationOf(row.details.rectification);
    const [id, ...others] = row.contactIds;
    if (change === null) return stepTo(row, IN_PROGRESS, 'What is right is said in words: a member puts it right.');
    if (id === undefined || others.length > 0)
      return stepTo(row, IN_PROGRESS, 'It is about several contacts: say which of them is put right.');
    await this.contacts.apply(tx, by, { ip: null }, { ...change, id });
    // What was changed stays on record, what it was changed to stands on the contact alone.
    const details = { ...row.details, rectification: null, rectified: Object.keys(change) };
    return stepTo({ ...row, details }, COMPLETED, 'What was wrong is put right.');
  }
}
