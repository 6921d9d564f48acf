import type { DataMap } from '../../../platform/personal-data/index.js';

/** What the tables of Shopify stores hold of people. What a customer bought is asked for when it is looked at, and not kept. */
export const shopifyDataMap: DataMap = {
  shopify_installs: {
    why: 'stores that are being connected, by digests of what a person comes back with',
    kept: '30 minutes',
    erased: 'with the workspace',
    personal: { operator: ['domain'] },
    others: 'workspace_id id state_digest credential expires_at',
  },
  shopify_stores: {
    why: 'the stores of a business at Shopify; tokens encrypted',
    kept: 'until 30 days after it was disconnected',
    erased: 'with the workspace',
    personal: { operator: ['domain'] },
    others:
      'workspace_id id status trouble token token_expires_at renewing_until ended connected_at disconnected_at heard',
  },
};
