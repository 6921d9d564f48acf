import type { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, type Workspaces, sql } from '../../platform/database/index.js';
import type { FileStore } from '../../platform/files/index.js';
import type { Secrets } from '../../platform/secrets/index.js';
import { writeZip } from '../../platform/zip/index.js';
import { MovingRefused } from './moving-refused.js';
import type { MovingManifest } from './moving-manifest.js';
import { WriteMoving } from './write-moving.js';

/** So many erasures are named at most where some are not done. */
const mostNamed = 5;

/** What a workspace leaves with. */
export interface Leaving {
  readonly workspaces: Workspaces;
  readonly audit: AuditLog;
  readonly secrets: Secrets;
  readonly files: Pick<FileStore, 'read'>;
  /** The address of this deployment. */
  readonly from: string;
  /** Told of each step. */
  say(line: string): void;
}

/** What was written, counted. */
export interface ExportedWorkspace {
  readonly workspace: MovingManifest['workspace'];
  readonly exportedAt: string;
  readonly tables: number;
  readonly rows: number;
  readonly files: number;
  readonly fileBytes: number;
  /** Files whose bytes are not what their rows say, or gone. */
  readonly missingFiles: number;
  /** Where the audit log is broken, which keeps the file from being taken in elsewhere; null where it is whole. */
  readonly auditTrouble: string | null;
}

/**
 * Writes everything of a workspace that can travel, as it is at one moment, while the server goes on. It streams from the
 * database to `write`, and takes the same memory however much there is. A legal hold does not stop it: nothing is removed; but
 * an erasure that the hold stops does, as erasures do not travel.
 */
export async function exportWorkspace(
  workspaceId: string,
  leaving: Leaving,
  write: (bytes: AsyncIterable<Buffer>) => Promise<void>,
): Promise<ExportedWorkspace> {
  // Before the rows are read, so that the entry is among them: who looks at the log elsewhere sees where it came from.
  await leaving.workspaces.run(workspaceId, async (tx) => {
    await requireWhole(tx);
    leaving.audit.record(tx, { actor: 'system', action: 'workspace.export', target: workspaceId });
  });
  return leaving.workspaces.snapshot(workspaceId, async (tx) => {
    await requireWhole(tx);
    const writing = new WriteMoving(tx, leaving);
    await write(writeZip(writing.entries()));
    const { workspace, exportedAt, tables, files } = writing.manifest;
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    return {
      workspace,
      exportedAt,
      tables: tables.length,
      rows,
      files: files.count,
      fileBytes: files.bytes,
      missingFiles: files.missing.length,
      auditTrouble: writing.auditTrouble,
    };
  });
}

/** Refuses a workspace that is not here, is being deleted, or of which something is still to be erased. */
async function requireWhole(tx: WorkspaceTransaction): Promise<void> {
  const here = await tx.first(sql`select from workspaces where id = ${tx.workspaceId}`);
  if (here === null) throw new MovingRefused(`There is no workspace ${tx.workspaceId} here.`);
  const deletion = await tx.first(sql`select from workspace_deletions where workspace_id = ${tx.workspaceId}`);
  if (deletion !== null) throw new MovingRefused('This workspace is being deleted.');
  const open = await tx.query<OpenErasure>(sql`
    select id, scope, held_at is not null as held from erasures
     where workspace_id = ${tx.workspaceId} and completed_at is null order by begun_at`);
  if (open.length > 0) throw new MovingRefused(notErased(open));
}

interface OpenErasure {
  readonly id: string;
  readonly scope: string;
  readonly held: boolean;
}

/** Which erasures are not done, and what each waits for. They would stay behind, and what they are about would leave. */
function notErased(open: readonly OpenErasure[]): string {
  const held = open.filter((erasure) => erasure.held);
  const running = open.filter((erasure) => !erasure.held);
  const sentences = [
    ...(held.length === 0 ? [] : [`A legal hold stops ${named(held)}: release it first.`]),
    ...(running.length === 0
      ? []
      : [`Still going on: ${named(running)}. \`erasure status\` says how far that is; try again when it is done.`]),
  ];
  return `What is to be erased in this workspace is not gone, and would leave with it. ${sentences.join(' ')}`;
}

function named(erasures: readonly OpenErasure[]): string {
  const names = erasures.slice(0, mostNamed).map(({ id, scope }) => `${scope} ${id}`);
  const more = erasures.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
}
