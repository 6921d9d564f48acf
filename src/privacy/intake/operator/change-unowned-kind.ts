import { Injectable } from '@nestjs/common';
import type { UserActor } from '../../../platform/access/index.js';
import { Outbox } from '../../../platform/outbox/index.js';
import { changedKind } from '../changed-kind.js';
import type { PrivacyRequestKind } from '../enums.js';
import { PrivacyRequests } from '../privacy-requests.js';
import type { RequestRow } from '../request.row.js';
import { routeRequest } from '../route-request.worker.js';
import { checkWords } from '../settle-request.js';
import { SettleUnowned } from './settle-unowned.js';

/** An operator has read what a request asks for; once that is plain it goes its way like any other. */
@Injectable()
export class ChangeUnownedKind {
  constructor(
    private readonly settle: SettleUnowned,
    private readonly requests: PrivacyRequests,
    private readonly outbox: Outbox,
  ) {}

  async run(user: UserActor, id: string, kind: PrivacyRequestKind, given: string): Promise<RequestRow> {
    const reason = checkWords('reason', given);
    return this.settle.run(user, id, async (tx, row) => {
      const changed = await this.requests.save(tx, changedKind(row, kind, reason));
      // Where one workspace alone is meant it goes there by itself.
      await this.outbox.scheduleForInstance(tx, routeRequest, row.id);
      return changed;
    });
  }
}
