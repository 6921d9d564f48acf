import { Injectable } from '@nestjs/common';
import type { UserActor } from '../../../platform/access/index.js';
import { PrivacyRequestStatus } from '../enums.js';
import { PrivacyRequests } from '../privacy-requests.js';
import { RequestNotices } from '../request-notices.js';
import { stepTo } from '../request-steps.js';
import type { RequestRow } from '../request.row.js';
import { checkWords } from '../settle-request.js';
import { SettleUnowned } from './settle-unowned.js';

/** An operator answers a request that is about an account, or about nothing that is stored here; whoever asked is told. */
@Injectable()
export class AnswerUnowned {
  constructor(
    private readonly settle: SettleUnowned,
    private readonly requests: PrivacyRequests,
    private readonly notices: RequestNotices,
  ) {}

  async run(user: UserActor, id: string, given: string, refused: boolean): Promise<RequestRow> {
    const answer = checkWords('answer', given);
    return this.settle.run(user, id, async (tx, row) => {
      await this.notices.tell(tx, row, refused ? 'rejected' : 'answered', { words: answer });
      const status = refused ? PrivacyRequestStatus.REJECTED : PrivacyRequestStatus.COMPLETED;
      return this.requests.save(tx, stepTo(row, status, 'The operator answered:', answer));
    });
  }
}
