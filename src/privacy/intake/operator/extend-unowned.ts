import { Injectable } from '@nestjs/common';
import type { UserActor } from '../../../platform/access/index.js';
import { Extension } from '../extension.js';
import type { RequestRow } from '../request.row.js';
import { checkWords } from '../settle-request.js';
import { SettleUnowned } from './settle-unowned.js';

/** An operator takes longer for a request that nobody owns: reason and new date are told in writing. */
@Injectable()
export class ExtendUnowned {
  constructor(
    private readonly settle: SettleUnowned,
    private readonly extension: Extension,
  ) {}

  async run(user: UserActor, id: string, given: string, until: Date | null | undefined): Promise<RequestRow> {
    const reason = checkWords('reason', given);
    return this.settle.run(user, id, (tx, row) => this.extension.run(tx, row, reason, until));
  }
}
