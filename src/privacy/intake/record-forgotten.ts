import { Injectable, type OnModuleInit } from '@nestjs/common';
import { VisitorForgotten } from '../../conversations/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { PrivacyRequestKind, PrivacyRequestOrigin, PrivacyRequestStatus } from './enums.js';
import { PrivacyRequests } from './privacy-requests.js';
import { stepTo } from './request-steps.js';

/** A visitor who has themselves erased in the chat asked under the law: that they did, and that it was done, stays known. */
@Injectable()
export class RecordForgotten implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly requests: PrivacyRequests,
  ) {}

  onModuleInit(): void {
    this.facts.on(VisitorForgotten, async (tx) => {
      const row = await this.requests.open(tx, {
        kind: PrivacyRequestKind.ERASE,
        origin: PrivacyRequestOrigin.WIDGET,
        hints: {},
        proved: true,
      });
      await this.requests.save(tx, stepTo(row, PrivacyRequestStatus.COMPLETED, 'They erased their chat themselves.'));
    });
  }
}
