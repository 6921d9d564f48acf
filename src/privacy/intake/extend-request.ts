import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { Extension } from './extension.js';
import type { RequestRow } from './request.row.js';
import { SettleRequest, checkWords } from './settle-request.js';

/** A member takes longer for a request: whoever asked is told the reason and the new date in writing. */
@Injectable()
export class ExtendRequest {
  constructor(
    private readonly settle: SettleRequest,
    private readonly extension: Extension,
  ) {}

  run(
    member: MemberActor,
    origin: RequestOrigin,
    id: string,
    given: string,
    until: Date | null | undefined,
  ): Promise<RequestRow> {
    const reason = checkWords('reason', given);
    return this.settle.run(member, origin, { id, action: 'privacy-request.extend' }, (tx, row) =>
      this.extension.run(tx, row, reason, until),
    );
  }
}
