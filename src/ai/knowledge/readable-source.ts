import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import type { KnowledgeKind } from '../enums.js';

/** A source as whoever reads it needs it. */
export interface ReadableSource {
  readonly id: string;
  readonly kind: KnowledgeKind;
  readonly title: string;
  readonly url: string | null;
  readonly fileId: string | null;
  readonly internal: boolean;
}

/** The job that reads a source; its row is the source. */
export const readKnowledgeJob = 'read-knowledge';

/**
 * A source, held to the end of the transaction. Null where it is gone, or its workspace is being deleted: nothing is read for
 * that any more.
 */
export function holdSource(tx: WorkspaceTransaction, id: string): Promise<ReadableSource | null> {
  return tx.first<ReadableSource>(sql`
    select k.id, k.kind, k.title, k.url, k.file_id as "fileId", k.internal from knowledge_sources k
     where k.workspace_id = ${tx.workspaceId} and k.id = ${id}
       and not exists (select from workspace_deletions d where d.workspace_id = ${tx.workspaceId})
       for update of k`);
}
