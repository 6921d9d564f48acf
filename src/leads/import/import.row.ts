import { type Sql, type WorkspaceTransaction, isUuid, sql } from '../../platform/database/index.js';
import type { JobStatus } from '../../platform/graphql/index.js';
import type { Separator, TableEncoding } from '../../platform/csv/index.js';
import type { RejectionReason } from './rejection-words.js';

/** Why an import ended before its file did. */
export type ImportStop =
  'CANCELLED' | 'FILE_GONE' | 'QUOTE_OPEN' | 'ROW_TOO_LONG' | 'BROKEN' | 'TOO_MANY_ROWS' | 'FAILED';

/** The reading of one file, as its table holds it. */
export interface ImportRow {
  readonly id: string;
  /** Null once the file is gone. */
  readonly fileId: string | null;
  readonly fileName: string | null;
  readonly memberId: string | null;
  readonly status: JobStatus;
  readonly stopped: ImportStop | null;
  readonly dryRun: boolean;
  readonly encoding: TableEncoding;
  readonly separator: Separator;
  readonly columns: readonly string[];
  readonly targets: readonly string[];
  /** Null until the rows are counted. */
  readonly total: number | null;
  /** How many rows are settled. */
  readonly nextRow: number;
  readonly created: number;
  readonly updated: number;
  readonly rejected: number;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** A line that was not taken, as its table holds it. */
export interface RejectionRow {
  readonly line: number;
  readonly reason: RejectionReason;
  /** Which column is to blame, from 0. */
  readonly place: number | null;
}

/** What a statement over `lead_imports i` and its file `f` selects to give ImportRows. */
const importColumns: Sql = sql`
  i.id, i.file_id as "fileId", f.name as "fileName", i.member_id as "memberId", i.status, i.stopped, i.dry_run as "dryRun", i.encoding,
  i.separator, i.columns, i.targets, i.total, i.next_row as "nextRow", i.created, i.updated, i.rejected, i.created_at as "createdAt",
  i.finished_at as "finishedAt"`;
const withFile: Sql = sql`
  lead_imports i left join files f on f.workspace_id = i.workspace_id and f.id = i.file_id`;

/** Participant. One by its id; null where there is none. */
export async function importById(tx: WorkspaceTransaction, id: string): Promise<ImportRow | null> {
  if (!isUuid(id)) return null;
  return tx.first<ImportRow>(sql`
    select ${importColumns} from ${withFile} where i.workspace_id = ${tx.workspaceId} and i.id = ${id}`);
}

/** Participant. The last ones, the newest first. */
export function latestImports(tx: WorkspaceTransaction, most: number): Promise<ImportRow[]> {
  return tx.query<ImportRow>(sql`
    select ${importColumns} from ${withFile} where i.workspace_id = ${tx.workspaceId} order by i.id desc limit ${most}`);
}

/** Participant. Lines that were not taken, from one on. */
export function rejectionsFrom(
  tx: WorkspaceTransaction,
  importId: string,
  line: number,
  most: number,
): Promise<RejectionRow[]> {
  return tx.query<RejectionRow>(sql`
    select r.line, r.reason, r.place from lead_import_rejections r
     where r.workspace_id = ${tx.workspaceId} and r.import_id = ${importId} and r.line >= ${line} order by r.line limit ${most}`);
}
