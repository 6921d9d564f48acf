import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { HoldReleased } from '../holds/hold.events.js';
import { PrivacyRequestKind, PrivacyRequestStatus } from './enums.js';
import { FulfilRequest } from './fulfil-request.js';
import { PrivacyRequests } from './privacy-requests.js';

/** Goes on with what a legal hold stopped, in the transaction that releases it. */
@Injectable()
export class ResumeHeldRequests implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly requests: PrivacyRequests,
    private readonly fulfil: FulfilRequest,
  ) {}

  onModuleInit(): void {
    this.facts.on(HoldReleased, (tx) => this.run(tx));
  }

  /** Participant. One that another hold still stops stays as it is. */
  private async run(tx: WorkspaceTransaction): Promise<void> {
    const held = await this.requests.select(
      tx,
      sql`status = ${PrivacyRequestStatus.ON_HOLD} and kind = ${PrivacyRequestKind.ERASE} for update`,
    );
    for (const row of held) await this.fulfil.run(tx, row, 'system');
  }
}
