import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { PrivacyRequestStatus } from './enums.js';
import { PrivacyRequests } from './privacy-requests.js';
import { RequestNotices } from './request-notices.js';
import { stepTo } from './request-steps.js';
import type { RequestRow } from './request.row.js';
import { SettleRequest, checkWords } from './settle-request.js';

/** A member refuses a request; whoever asked is told why, and that they may complain. */
@Injectable()
export class RejectRequest {
  constructor(
    private readonly settle: SettleRequest,
    private readonly requests: PrivacyRequests,
    private readonly notices: RequestNotices,
  ) {}

  run(member: MemberActor, origin: RequestOrigin, id: string, given: string): Promise<RequestRow> {
    const reason = checkWords('reason', given);
    return this.settle.run(member, origin, { id, action: 'privacy-request.reject' }, async (tx, row) => {
      const rejected = stepTo(row, PrivacyRequestStatus.REJECTED, 'It was refused:', reason);
      const told = await this.notices.tell(tx, row, 'rejected', { words: reason });
      return this.requests.save(tx, { ...rejected, noticeSentAt: told ? new Date() : row.noticeSentAt });
    });
  }
}
