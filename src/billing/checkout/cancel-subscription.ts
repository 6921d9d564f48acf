import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { MerchantInUse } from '../merchants/merchant-in-use.js';
import { MerchantsKnown } from '../merchants/merchants-known.js';
import type { Standing } from '../subscriptions/standing.js';
import { Subscriptions } from '../subscriptions/subscriptions.js';
import { atMerchant } from './merchant-refusal.js';
import { mayGoOn, sellingMerchant } from './start-checkout.js';

/**
 * Cancels what a workspace pays for, also at a merchant that sells here no more: it runs to the end of what was paid, and
 * nothing is deleted.
 */
@Injectable()
export class CancelSubscription {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly inUse: MerchantInUse,
    private readonly merchants: MerchantsKnown,
    private readonly subscriptions: Subscriptions,
    private readonly audit: AuditLog,
  ) {}

  /** Gives how it stands then. Cancelled twice is cancelled once. */
  async run(actor: MemberActor, origin: RequestOrigin): Promise<Standing | null> {
    sellingMerchant(this.inUse);
    const { workspaceId } = actor;
    const kept = await this.workspaces.read(workspaceId, (tx) => this.subscriptions.kept(tx));
    const paid = kept.flatMap((one) => {
      const merchant = this.merchants.of(one.provider);
      return merchant === null || !mayGoOn(one) ? [] : [{ merchant, ...one }];
    });
    if (paid.length === 0)
      throw new DomainError(ErrorCode.CONFLICT, 'There is no plan that is paid for, so nothing is to be cancelled.', {
        reason: 'NOTHING_TO_CANCEL',
      });
    for (const { merchant, reference, endsAt } of paid) {
      // What is not paid for may be about to end as well.
      if (endsAt !== null) continue;
      const told = await atMerchant((signal) => merchant.cancel(reference, 'period-end', signal));
      await this.workspaces.run(workspaceId, async (tx) => {
        this.audit.record(tx, { actor, action: 'billing.cancel', target: workspaceId, origin });
        if (told !== null) await this.subscriptions.take(tx, merchant.name, told);
      });
    }
    return this.workspaces.read(workspaceId, (tx) => this.subscriptions.read(tx));
  }
}
