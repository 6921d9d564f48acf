import { Readable } from 'node:stream';
import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Allow, CurrentMember, type MemberActor, Permission } from '../access/index.js';
import { ExportAudit } from './export-audit.js';

/**
 * `GET /exports/audit.jsonl?workspace=ID`: the audit log as a file of JSON lines, streamed. The workspace may stand in
 * `x-workspace-id` as well; an API token names its own.
 */
@Controller('exports')
export class AuditExportController {
  constructor(private readonly log: ExportAudit) {}

  @Get('audit.jsonl')
  @Allow(Permission.ReadAudit)
  async download(@CurrentMember() { workspaceId }: MemberActor, @Res() reply: FastifyReply): Promise<void> {
    const day = new Date().toISOString().slice(0, 10);
    await reply
      .type('application/x-ndjson; charset=utf-8')
      .header('content-disposition', `attachment; filename="audit-${day}.jsonl"`)
      .send(Readable.from(this.log.lines(workspaceId)));
  }
}
