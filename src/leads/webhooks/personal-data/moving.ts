import type { Moving } from '../../../platform/personal-data/index.js';

/** How the tables of webhooks travel with a workspace. */
export const webhooksMoving: Moving = {
  webhook_deliveries: { stays: 'what systems were told from here' },
  webhook_endpoints: { stays: 'they know this deployment by its secrets; they are named anew' },
};
