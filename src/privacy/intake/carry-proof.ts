import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction } from '../../platform/database/index.js';
import { PrivacyRequestStatus } from './enums.js';
import { findSubject } from './find-subject.js';
import { FulfilRequest } from './fulfil-request.js';
import { PrivacyRequests } from './privacy-requests.js';
import { stepTo } from './request-steps.js';
import type { RequestRow } from './request.row.js';

export const provedNote = 'Whoever asks has proved that the address is theirs.';

/**
 * Takes a request as far as a proved address carries it: it speaks for the contacts that write from this address, and for no
 * other. Whoever knows somebody's name or number could prove an address of their own with it; there a member looks first.
 */
@Injectable()
export class CarryProof {
  constructor(
    private readonly requests: PrivacyRequests,
    private readonly fulfil: FulfilRequest,
  ) {}

  async run(tx: WorkspaceTransaction, row: RequestRow): Promise<RequestRow> {
    const { replyTo } = row.details;
    const { VERIFYING, IN_PROGRESS } = PrivacyRequestStatus;
    if (row.onBehalfOf)
      return this.requests.save(
        tx,
        stepTo(row, VERIFYING, `${provedNote} That they may ask for another has still to be shown.`),
      );
    const theirs = replyTo === null ? [] : await findSubject(tx, { email: replyTo });
    const proved = theirs.filter(({ addressed }) => addressed).map(({ id }) => id);
    const contactIds = row.contactIds.length === 0 ? proved : row.contactIds;
    if (contactIds.length === 0 || contactIds.some((id) => !proved.includes(id)))
      return this.requests.save(
        tx,
        stepTo(row, VERIFYING, `${provedNote} Nobody is known to write from it: a member says who they are.`),
      );
    const carried = { ...stepTo(row, IN_PROGRESS, provedNote), contactIds, verifiedAt: new Date() };
    return this.fulfil.run(tx, carried, 'system');
  }
}
