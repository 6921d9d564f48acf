import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { PrivacyRequestStatus } from './enums.js';
import { FulfilRequest } from './fulfil-request.js';
import { stepTo } from './request-steps.js';
import type { RequestRow } from './request.row.js';
import { SettleRequest, checkWords } from './settle-request.js';

/** A member vouches for who asks, and says how they know. */
@Injectable()
export class VerifyRequest {
  constructor(
    private readonly settle: SettleRequest,
    private readonly fulfil: FulfilRequest,
  ) {}

  run(member: MemberActor, origin: RequestOrigin, id: string, given: string): Promise<RequestRow> {
    const evidence = checkWords('evidence', given);
    return this.settle.run(member, origin, { id, action: 'privacy-request.verify' }, (tx, row) => {
      const verified = stepTo(row, PrivacyRequestStatus.IN_PROGRESS, 'A member vouches for who asks:', evidence);
      return this.fulfil.run(tx, { ...verified, verifiedAt: row.verifiedAt ?? new Date() }, member);
    });
  }
}
