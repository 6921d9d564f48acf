import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestContext } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { JobStatus } from '../../platform/graphql/index.js';
import { type ImportRow, importById } from './import.row.js';
import { ImportSteps } from './import-steps.js';

/** Ends an import where it is. What was taken stays; one that has ended already stays as it is. */
@Injectable()
export class CancelImport {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly steps: ImportSteps,
    private readonly audit: AuditLog,
  ) {}

  run(actor: MemberActor, id: string, { origin }: RequestContext): Promise<ImportRow> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const row = await importById(tx, id);
      if (row === null) throw notFound('The import');
      if (await this.steps.end(tx, row.id, JobStatus.FAILED, 'CANCELLED'))
        this.audit.record(tx, { actor, action: 'lead.import-cancel', target: row.id, origin });
      return (await importById(tx, row.id)) ?? row;
    });
  }
}
