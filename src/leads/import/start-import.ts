import { Injectable } from '@nestjs/common';
import { type ContactFieldRow, readFields } from '../../conversations/index.js';
import type { MemberActor, RequestContext } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, newId, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { JobStatus } from '../../platform/graphql/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { checkMapping } from './check-mapping.js';
import { targetWord } from './column-targets.js';
import { ImportFiles, type WantedFormat } from './import-files.js';
import { importLeads } from './import-leads.worker.js';
import { type ImportRow, importById } from './import.row.js';
import { ownUpload } from './preview-import.js';

/** What a member wants of a file. */
export interface WantedImport {
  readonly fileId: string;
  readonly mapping: unknown;
  readonly dryRun: boolean;
  readonly format: WantedFormat;
}

const mostADay = 100;
const mostKept = 50;
const keptDays = { tried: 1, imported: 7 } as const;

/** Begins to read leads out of a file that a member uploaded. What of it cannot be is said at once; the rest is a job. */
@Injectable()
export class StartImport {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly files: ImportFiles,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly feed: LiveFeed,
  ) {}

  async run(actor: MemberActor, wanted: WantedImport, { origin }: RequestContext): Promise<ImportRow> {
    const { workspaceId, memberId } = actor;
    const { dryRun } = wanted;
    const fileId = wanted.fileId.toLowerCase();
    await this.workspaces.read(workspaceId, (tx) => ownUpload(tx, actor, fileId));
    const head = await this.files.head(workspaceId, fileId, wanted.format);
    return this.workspaces.run(workspaceId, async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`lead-imports ${workspaceId}`}, 0))`);
      await ownUpload(tx, actor, fileId, true);
      const targets = checkMapping(wanted.mapping, head.columns, (await readFields(tx)).filter(isThere));
      await refuseTooMany(tx);
      const id = newId();
      await tx.execute(sql`
        insert into lead_imports (workspace_id, id, file_id, member_id, dry_run, encoding, separator, columns, targets)
        values (${workspaceId}, ${id}, ${fileId}, ${memberId}, ${dryRun}, ${head.encoding}, ${head.separator}, ${head.columns}::text[],
                ${targets.map(targetWord)}::text[])`);
      const days = dryRun ? keptDays.tried : keptDays.imported;
      await tx.execute(sql`
        update files set kept_until = greatest(kept_until, now() + make_interval(days => ${days}))
         where workspace_id = ${workspaceId} and id = ${fileId}`);
      await forgetOldest(tx);
      this.outbox.schedule(tx, importLeads, id);
      if (!dryRun) this.audit.record(tx, { actor, action: 'lead.import', target: id, origin });
      this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [id], detail: 'lead-imports' });
      const row = await importById(tx, id);
      if (row === null) throw new Error('A row that was written is there.');
      return row;
    });
  }
}

function isThere({ removedAt }: ContactFieldRow): boolean {
  return removedAt === null;
}

async function refuseTooMany(tx: WorkspaceTransaction): Promise<void> {
  const row = await tx.first<{ open: number; today: number }>(sql`
    select count(*) filter (where status in (${JobStatus.QUEUED}, ${JobStatus.RUNNING}))::int as open,
           count(*) filter (where created_at > now() - interval '1 day')::int as today
      from lead_imports where workspace_id = ${tx.workspaceId}`);
  if ((row?.open ?? 0) > 0)
    throw new DomainError(ErrorCode.CONFLICT, 'Another file is being imported. Wait until it is done, or cancel it.', {
      reason: 'IMPORT_OPEN',
    });
  if ((row?.today ?? 0) >= mostADay)
    throw new DomainError(ErrorCode.RATE_LIMITED, 'Many files were imported today. Try again tomorrow.', {
      reason: 'IMPORTS_MANY',
      retryAfter: 3_600,
    });
}

async function forgetOldest(tx: WorkspaceTransaction): Promise<void> {
  await tx.execute(sql`
    delete from lead_imports i where i.workspace_id = ${tx.workspaceId} and i.created_at < now() - interval '1 day' and i.id not in (
      select id from lead_imports where workspace_id = ${tx.workspaceId} order by id desc limit ${mostKept})`);
}
