import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { changedKind } from './changed-kind.js';
import type { PrivacyRequestKind } from './enums.js';
import { FulfilRequest } from './fulfil-request.js';
import type { RequestRow } from './request.row.js';
import { SettleRequest, checkWords } from './settle-request.js';

/** A member has read what a request asks for; where all else is known it is done at once. */
@Injectable()
export class ChangeKind {
  constructor(
    private readonly settle: SettleRequest,
    private readonly fulfil: FulfilRequest,
  ) {}

  run(
    member: MemberActor,
    origin: RequestOrigin,
    id: string,
    kind: PrivacyRequestKind,
    given: string,
  ): Promise<RequestRow> {
    const reason = checkWords('reason', given);
    return this.settle.run(member, origin, { id, action: 'privacy-request.change-kind' }, (tx, row) =>
      this.fulfil.run(tx, changedKind(row, kind, reason), member),
    );
  }
}
