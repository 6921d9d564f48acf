import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AskByMail } from './ask-by-mail.js';
import type { RequestRow } from './request.row.js';
import { SettleRequest, checkWords } from './settle-request.js';

/** A member asks who it is: the address that was given gets a link that proves it. */
@Injectable()
export class AskForProof {
  constructor(
    private readonly settle: SettleRequest,
    private readonly asking: AskByMail,
  ) {}

  run(member: MemberActor, origin: RequestOrigin, id: string, given: string): Promise<RequestRow> {
    const message = checkWords('message', given);
    return this.settle.run(member, origin, { id, action: 'privacy-request.ask-proof' }, (tx, row) =>
      this.asking.run(tx, row, message),
    );
  }
}
