import { Global, Module } from '@nestjs/common';
import { BillingResolver } from './billing.resolver.js';
import { Entitlements } from './entitlements/entitlements.js';
import { BeginBillingWorker } from './life/begin-billing.worker.js';
import { ReconcileBillingWorker } from './life/reconcile-billing.worker.js';
import { TellOwnersWorker } from './life/tell-owners.worker.js';
import { EndOfKeepingWorker } from './leaving/end-of-keeping.worker.js';
import { LeavingSubscriptions } from './leaving/leaving-subscriptions.js';
import { OwedCancellations } from './leaving/owed-cancellations.js';
import { PlanChanges } from './plans/plan-changes.js';
import { Plans } from './plans/plans.js';
import { BillingRecords } from './subscriptions/billing-records.js';
import { LookAtStandingWorker } from './subscriptions/look-at-standing.worker.js';
import { Subscriptions } from './subscriptions/subscriptions.js';
import { ReconcileUsageWorker } from './usage/reconcile-usage.worker.js';
import { UsageCounters } from './usage/usage.js';

/** Plans, what a workspace may by its own, and the merchant of record that sells them. */
@Global()
@Module({
  providers: [
    Plans,
    PlanChanges,
    Entitlements,
    UsageCounters,
    ReconcileUsageWorker,
    Subscriptions,
    BillingRecords,
    LookAtStandingWorker,
    TellOwnersWorker,
    ReconcileBillingWorker,
    BeginBillingWorker,
    OwedCancellations,
    LeavingSubscriptions,
    EndOfKeepingWorker,
    BillingResolver,
  ],
  exports: [Plans, PlanChanges, Entitlements, Subscriptions, LeavingSubscriptions, OwedCancellations],
})
export class BillingModule {}
