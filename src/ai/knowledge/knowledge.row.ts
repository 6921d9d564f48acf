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
  readonly readAt: Date | null;
  readonly staleSince: Date | null;
  readonly changedAt: Date | null;
  readonly added: number;
  readonly removed: number;
  readonly kept: number;
  readonly pages: number;
  /** The first that could not be read. */
  readonly failing: readonly { readonly url: string; readonly error: string }[];
}

const mostFailing = 20;

/** What a statement over `knowledge_sources k` selects to give KnowledgeRows. */
export const knowledgeColumns: Sql = sql`
  k.id, k.kind, k.title, k.status, k.url, k.internal, k.error, k.updated_at as "updatedAt",
  (select count(*)::int from passages p where p.workspace_id = k.workspace_id and p.knowledge_id = k.id) as passages,
  k.read_at as "readAt", k.stale_since as "staleSince", k.changed_at as "changedAt",
  k.passages_added as added, k.passages_removed as removed, k.passages_kept as kept,
  (select count(*)::int from knowledge_pages g where g.workspace_id = k.workspace_id and g.knowledge_id = k.id and not g.sitemap) as pages,
  (select coalesce(jsonb_agg(jsonb_build_object('url', f.url, 'error', f.error) order by f.position), '[]')
     from (select g.url, g.error, g.position from knowledge_pages g
            where g.workspace_id = k.workspace_id and g.knowledge_id = k.id and g.error is not null and not g.sitemap
            order by g.position limit ${mostFailing}) f) as failing`;

/** A source by its id, or null. */
export async function knowledgeById(tx: WorkspaceTransaction, id: string): Promise<KnowledgeRow | null> {
  if (!isUuid(id)) return null;
  return tx.first<KnowledgeRow>(sql`
    select ${knowledgeColumns} from knowledge_sources k where k.workspace_id = ${tx.workspaceId} and k.id = ${id}`);
}
