import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { MerchantInUse } from '../merchants/merchant-in-use.js';
import { MerchantsKnown } from '../merchants/merchants-known.js';
import { Subscriptions } from '../subscriptions/subscriptions.js';
import { atMerchant } from './merchant-refusal.js';
import { sellingMerchant } from './start-checkout.js';

/** Where an owner sees invoices and changes the card: at the merchant, which alone knows them. */
@Injectable()
export class OpenPortal {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly inUse: MerchantInUse,
    private readonly merchants: MerchantsKnown,
    private readonly subscriptions: Subscriptions,
    private readonly audit: AuditLog,
  ) {}

  /** A link of short life, made for each press. */
  async run(actor: MemberActor, origin: RequestOrigin): Promise<string> {
    const { workspaceId } = actor;
    const merchant = sellingMerchant(this.inUse);
    const kept = await this.workspaces.run(workspaceId, (tx) => {
      this.audit.record(tx, { actor, action: 'billing.portal', target: workspaceId, origin });
      return this.subscriptions.kept(tx);
    });
    const paid = kept.find(({ provider }) => provider === merchant.name) ?? kept[0];
    // What was sold before this merchant has its invoices where it was sold.
    const sold = paid === undefined ? null : this.merchants.of(paid.provider);
    if (paid === undefined || sold === null)
      throw new DomainError(ErrorCode.CONFLICT, 'Nothing was bought yet, so there are no invoices.', {
        reason: 'NOTHING_BOUGHT',
      });
    return atMerchant((signal) => sold.portalUrl(paid, signal));
  }
}
