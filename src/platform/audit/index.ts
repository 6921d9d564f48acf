export { AuditModule } from './audit.module.js';
export { AuditLog } from './audit-log.js';
export type { AuditRecord } from './audit-log.js';
export { AuditCheckpoints } from './audit-checkpoints.js';
export { AuditHeads } from './audit-heads.js';
export { RefusalLog } from './refusal-log.js';
export { VerifyAudit } from './verify-audit.js';
export type { AuditVerdict } from './verify-audit.js';
