import { Module } from '@nestjs/common';
import { BillingModule } from './billing.module.js';
import { BuyerMark } from './checkout/buyer-mark.js';
import { CancelSubscription } from './checkout/cancel-subscription.js';
import { CheckoutResolver } from './checkout/checkout.resolver.js';
import { OpenPortal } from './checkout/open-portal.js';
import { StartCheckout } from './checkout/start-checkout.js';
import { CancelSubscriptionWorker } from './leaving/cancel-subscription.worker.js';
import { PayPageController } from './merchants/paddle/pay-page.controller.js';
import { MerchantInUse } from './merchants/merchant-in-use.js';
import { MerchantsKnown } from './merchants/merchants-known.js';
import { SyncSubscriptionWorker } from './sync/sync-subscription.worker.js';
import { ApplyMerchantEvent } from './webhooks/apply-merchant-event.js';
import { BillingWebhookController } from './webhooks/billing-webhook.controller.js';
import { MerchantDeliveries } from './webhooks/merchant-deliveries.js';

const buying = [BuyerMark, StartCheckout, OpenPortal, CancelSubscription, CheckoutResolver];
const hearing = [ApplyMerchantEvent, MerchantDeliveries, SyncSubscriptionWorker];
const leaving = [MerchantsKnown, CancelSubscriptionWorker];

/** The merchant of record: what is bought there, and what it tells. */
@Module({
  imports: [BillingModule],
  controllers: [BillingWebhookController, PayPageController],
  providers: [MerchantInUse, ...buying, ...hearing, ...leaving],
  exports: [MerchantInUse],
})
export class MerchantModule {}
