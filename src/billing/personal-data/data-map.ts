import type { DataMap } from '../../platform/personal-data/index.js';

/** What the tables of this module hold of people: nothing. Who pays is known to the merchant of record alone. */
export const billingDataMap: DataMap = {
  billing_notices: {
    why: 'what its owners were told of the plan, so that each is told once',
    kept: 'as long as the workspace',
    erased: 'with the workspace',
    personal: {},
    others: 'workspace_id notice about told_at',
  },
  billing_records: {
    why: 'what was sold to which workspace, which commercial and tax law wants kept',
    kept: 'as many years as the operator names in the file of plans, 10 when it names none; after the workspace too',
    erased: 'by age',
    personal: {},
    others: 'id workspace_id provider reference plan add_ons status at keep_until',
  },
  merchant_references: {
    why: 'which workspace a subscription at the merchant of record belongs to',
    kept: 'as long as the workspace',
    erased: 'with the workspace',
    personal: {},
    others: 'provider reference workspace_id noted_at',
  },
  merchant_subscriptions: {
    why: 'what the merchant of record says of a subscription',
    kept: 'as long as the workspace',
    erased: 'with the workspace',
    personal: {},
    others:
      'workspace_id id provider reference customer status prices renews_at ends_at good_at past_dues as_of checked_at',
  },
  owed_cancellations: {
    why: 'subscriptions of deleted workspaces that are to be ended at the merchant of record',
    kept: 'until the merchant confirmed it, and 30 days more; after the workspace too',
    erased: 'by age',
    personal: {},
    others: 'id workspace_id provider reference owed_at confirmed_at',
  },
  subscriptions: {
    why: 'how the workspace stands with its plan',
    kept: 'as long as the workspace',
    erased: 'with the workspace',
    personal: {},
    others:
      'workspace_id plan status add_ons provider live live_until trial_ends_at renews_at cancel_at grace_ends_at since',
  },
  usage_counters: {
    why: 'how much of its plan the workspace uses',
    kept: 'as long as the workspace',
    erased: 'with the workspace',
    personal: {},
    others: 'workspace_id metric period used told',
  },
};
