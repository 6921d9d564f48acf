import { Injectable } from '@nestjs/common';
import type { SystemTransaction, WorkspaceTransaction } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { PrivacyRequestStatus } from './enums.js';
import { PrivacyRequests } from './privacy-requests.js';
import { withProof } from './proof-tokens.js';
import { RequestNotices } from './request-notices.js';
import { stepTo } from './request-steps.js';
import type { RequestRow } from './request.row.js';

/** Asks whoever asks who they are: the address that they left gets a link that proves it. */
@Injectable()
export class AskByMail {
  constructor(
    private readonly requests: PrivacyRequests,
    private readonly notices: RequestNotices,
  ) {}

  /** Participant. A link that was sent before is over with it. */
  async run(tx: WorkspaceTransaction | SystemTransaction, row: RequestRow, message: string): Promise<RequestRow> {
    if (row.verifiedAt !== null)
      throw new DomainError(ErrorCode.CONFLICT, 'Who asks is proved already: there is nothing to ask for.', {
        reason: 'PROVED_ALREADY',
      });
    if (row.details.replyTo === null)
      throw new DomainError(
        ErrorCode.CONFLICT,
        'There is no e-mail address to ask. Ask where they wrote, then vouch for them and say how you know.',
        { reason: 'PROOF_NO_ADDRESS' },
      );
    const { row: asking, token } = withProof(row);
    await this.notices.tell(tx, row, 'proof', { words: message, token });
    return this.requests.save(tx, stepTo(asking, PrivacyRequestStatus.VERIFYING, 'They were asked by mail:', message));
  }
}
