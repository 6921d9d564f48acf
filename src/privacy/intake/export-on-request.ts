import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { ReadExport, StartExport, SubjectExported } from '../access/index.js';
import { PrivacyRequestStatus } from './enums.js';
import { PrivacyRequests } from './privacy-requests.js';
import { RequestNotices } from './request-notices.js';
import { isOpen, stepTo } from './request-steps.js';
import type { RequestRow } from './request.row.js';

const { COMPLETED, IN_PROGRESS } = PrivacyRequestStatus;

/** Has the copy made that a request asks to see or to take along, and closes the request when it is there. */
@Injectable()
export class ExportOnRequest implements OnModuleInit {
  constructor(
    private readonly starting: StartExport,
    private readonly reading: ReadExport,
    private readonly requests: PrivacyRequests,
    private readonly notices: RequestNotices,
    private readonly facts: Facts,
  ) {}

  onModuleInit(): void {
    this.facts.on(SubjectExported, (tx, fact) => this.completed(tx, fact));
  }

  /** Participant. Begins it, once. Gives the request, to be saved. */
  async begin(tx: WorkspaceTransaction, row: RequestRow): Promise<RequestRow> {
    if (row.details.exportBegun === true) return row;
    await this.starting.ofContacts(tx, row.contactIds, row.id, row.language);
    const begun = { ...row, details: { ...row.details, exportBegun: true } };
    return stepTo(begun, IN_PROGRESS, 'A copy of what is kept about them is being made.');
  }

  private async completed(tx: WorkspaceTransaction, { requestId, expiresAt }: SubjectExported): Promise<void> {
    if (requestId === null || (await this.requests.byId(tx, requestId)) === null) return;
    const row = await this.requests.lock(tx, requestId);
    const found = await this.reading.ofRequest(tx, requestId);
    if (!isOpen(row) || found === null) return;
    await this.notices.tell(tx, row, 'exported', { link: found.url, until: expiresAt });
    await this.requests.save(tx, stepTo(row, COMPLETED, 'The copy is there; its link works for seven days.'));
  }
}
