export { BillingModule } from './billing.module.js';
export { MerchantModule } from './merchant.module.js';
export { EntitlementsChanged } from './billing.events.js';
export { UsageMetric } from './enums.js';
export { type Entitlement, Entitlements } from './entitlements/entitlements.js';
export { LeavingSubscriptions, type Parting } from './leaving/leaving-subscriptions.js';
export { Subscriptions } from './subscriptions/subscriptions.js';
export { billingDataMap } from './personal-data/data-map.js';
export { billingMoving } from './personal-data/moving.js';
