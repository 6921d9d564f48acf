import { Injectable } from '@nestjs/common';
import type { UserActor } from '../../../platform/access/index.js';
import { AskByMail } from '../ask-by-mail.js';
import type { RequestRow } from '../request.row.js';
import { checkWords } from '../settle-request.js';
import { SettleUnowned } from './settle-unowned.js';

/** An operator asks who it is that asks: the address that was left gets a link that proves it. */
@Injectable()
export class AskUnownedForProof {
  constructor(
    private readonly settle: SettleUnowned,
    private readonly asking: AskByMail,
  ) {}

  async run(user: UserActor, id: string, given: string): Promise<RequestRow> {
    const message = checkWords('message', given);
    return this.settle.run(user, id, (tx, row) => this.asking.run(tx, row, message));
  }
}
