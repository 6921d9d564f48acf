export { AuditModule } from './audit.module.js';
export { AuditLog } from './audit-log.js';
export type { AuditRecord } from './audit-log.js';
