export { LeadsModule } from './leads.module.js';
export { type FoundLeads, FindLeads } from './personal-data/find-leads.js';
export { leadsDataMap } from './personal-data/data-map.js';
export { leadsMoving } from './personal-data/moving.js';
export { WebhooksModule } from './webhooks/webhooks.module.js';
export { webhookSecrets } from './webhooks/endpoint-secrets.js';
export { webhooksDataMap } from './webhooks/personal-data/data-map.js';
export { webhooksMoving } from './webhooks/personal-data/moving.js';
