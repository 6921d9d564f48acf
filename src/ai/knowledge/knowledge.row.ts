import { type Sql, type WorkspaceTransaction, isUuid, sql } from '../../platform/database/index.js';
import type { KnowledgeKind, KnowledgeStatus } from '../enums.js';

/** A knowledge source as its table holds it, with the number of its passages. */
export interface KnowledgeRow {
  readonly id: string;
  readonly kind: KnowledgeKind;
  readonly title: string;
  readonly status: KnowledgeStatus;
  readonly url: string | null;
  readonly internal: boolean;
  readonly error: string | null;
  readonly updatedAt: Date;
  readonly passages: number;
}

/** What a statement over `knowledge_sources k` selects to give KnowledgeRows. */
export const knowledgeColumns: Sql = sql`
  k.id, k.kind, k.title, k.status, k.url, k.internal, k.error, k.updated_at as "updatedAt",
  (select count(*)::int from passages p where p.workspace_id = k.workspace_id and p.knowledge_id = k.id) as passages`;

/** A source by its id, or null. */
export async function knowledgeById(tx: WorkspaceTransaction, id: string): Promise<KnowledgeRow | null> {
  if (!isUuid(id)) return null;
  return tx.first<KnowledgeRow>(sql`
    select ${knowledgeColumns} from knowledge_sources k where k.workspace_id = ${tx.workspaceId} and k.id = ${id}`);
}
