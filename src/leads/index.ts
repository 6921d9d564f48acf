export { LeadsModule } from './leads.module.js';
export { type FoundLeads, FindLeads } from './personal-data/find-leads.js';
export { leadsDataMap } from './personal-data/data-map.js';
export { leadsMoving } from './personal-data/moving.js';
