import { Injectable } from '@nestjs/common';
import type { UserActor } from '../../../platform/access/index.js';
import { SystemDatabase, type SystemTransaction } from '../../../platform/database/index.js';
import { PrivacyRequests } from '../privacy-requests.js';
import { requireOpen } from '../request-steps.js';
import type { RequestRow } from '../request.row.js';
import { RequireOperator } from './require-operator.js';

/** What an operator does with an open request that no workspace owns: it is held meanwhile. */
@Injectable()
export class SettleUnowned {
  constructor(
    private readonly operators: RequireOperator,
    private readonly system: SystemDatabase,
    private readonly requests: PrivacyRequests,
  ) {}

  async run(
    user: UserActor,
    id: string,
    work: (tx: SystemTransaction, row: RequestRow) => Promise<RequestRow>,
  ): Promise<RequestRow> {
    await this.operators.run(user);
    return this.system.run(async (tx) => {
      const row = await this.requests.lock(tx, id);
      requireOpen(row);
      return work(tx, row);
    });
  }
}
