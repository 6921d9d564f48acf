import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { PrivacyRequestStatus } from './enums.js';
import { PrivacyRequests } from './privacy-requests.js';
import { withProof } from './proof-tokens.js';
import { RequestNotices } from './request-notices.js';
import { stepTo } from './request-steps.js';
import type { RequestRow } from './request.row.js';
import { SettleRequest, checkWords } from './settle-request.js';

/** A member asks who it is: the address that was given gets a link that proves it. */
@Injectable()
export class AskForProof {
  constructor(
    private readonly settle: SettleRequest,
    private readonly requests: PrivacyRequests,
    private readonly notices: RequestNotices,
  ) {}

  run(member: MemberActor, origin: RequestOrigin, id: string, given: string): Promise<RequestRow> {
    const message = checkWords('message', given);
    return this.settle.run(member, origin, { id, action: 'privacy-request.ask-proof' }, async (tx, row) => {
      if (row.details.replyTo === null)
        throw new DomainError(
          ErrorCode.CONFLICT,
          'There is no e-mail address to ask. Ask where they wrote, then vouch for them and say how you know.',
        );
      const { row: asking, token } = withProof(row);
      await this.notices.tell(tx, row, 'proof', { words: message, token });
      return this.requests.save(
        tx,
        stepTo(asking, PrivacyRequestStatus.VERIFYING, 'They were asked by mail:', message),
      );
    });
  }
}
