import { Global, Module } from '@nestjs/common';
import { AuditCheckpoints } from './audit-checkpoints.js';
import { AuditHeads } from './audit-heads.js';
import { AuditLog } from './audit-log.js';
import { AuditResolver } from './audit.resolver.js';
import { ListAudit } from './list-audit.js';
import { RefusalLog } from './refusal-log.js';
import { VerifyAudit } from './verify-audit.js';

/** What was done, by whom: written, read, checked, and let go of when it is old. */
@Global()
@Module({
  providers: [AuditLog, AuditHeads, AuditCheckpoints, VerifyAudit, RefusalLog, ListAudit, AuditResolver],
  exports: [AuditLog, AuditHeads, AuditCheckpoints, VerifyAudit, RefusalLog],
})
export class AuditModule {}
