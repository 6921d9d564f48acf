import type { Moving } from '../../../platform/personal-data/index.js';

/** How the tables of Shopify stores travel with a workspace. */
export const shopifyMoving: Moving = {
  shopify_installs: { stays: 'connections that are under way with this deployment' },
  shopify_stores: { stays: 'Shopify gave the access to this deployment; stores are connected anew' },
};
