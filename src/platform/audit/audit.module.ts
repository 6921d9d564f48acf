import { Global, Module } from '@nestjs/common';
import { AuditCheckpoints } from './audit-checkpoints.js';
import { AuditExportController } from './audit-export.controller.js';
import { AuditHeads } from './audit-heads.js';
import { AuditLog } from './audit-log.js';
import { AuditResolver } from './audit.resolver.js';
import { ExportAudit } from './export-audit.js';
import { ListAudit } from './list-audit.js';
import { RefusalLog } from './refusal-log.js';
import { VerifyAudit } from './verify-audit.js';

/** What was done, by whom: written, read, checked, and let go of when it is old. */
@Global()
@Module({
  controllers: [AuditExportController],
  providers: [AuditLog, AuditHeads, AuditCheckpoints, VerifyAudit, RefusalLog, ListAudit, ExportAudit, AuditResolver],
  exports: [AuditLog, AuditHeads, AuditCheckpoints, VerifyAudit, RefusalLog],
})
export class AuditModule {}
