import type { Moving } from '../../platform/personal-data/index.js';

const bought = 'what was bought, it was bought of this deployment’s operator';

/** How the tables of this module travel to another deployment: not at all. */
export const billingMoving: Moving = {
  billing_notices: { stays: bought },
  billing_records: { stays: 'kept for the law by who sold it' },
  merchant_references: { stays: bought },
  merchant_subscriptions: { stays: bought },
  owed_cancellations: { stays: 'ended by who sold it' },
  subscriptions: { stays: bought },
  usage_counters: { stays: 'counted anew from the rows' },
};
