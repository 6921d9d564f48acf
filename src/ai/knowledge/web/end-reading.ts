import { type WorkspaceTransaction, sql } from '../../../platform/database/index.js';
import { KnowledgeStatus } from '../../enums.js';
import { readingReasonOf, readingSentence } from '../reading/reading-error.js';

interface Outcome {
  readonly pages: number;
  readonly failed: number;
  /** What is wrong with the first page that failed. */
  readonly first: string | null;
  /** What is said of the sitemap itself. */
  readonly map: string | null;
  readonly passages: number;
  /** A page that failed still stands for what it said. */
  readonly stale: boolean;
}

/** Says how a source stands after its pages were read. Takes part in the transaction. */
export async function endReading(tx: WorkspaceTransaction, id: string): Promise<void> {
  const outcome = await tx.first<Outcome>(sql`
    select count(*) filter (where not g.sitemap)::int as pages,
           count(*) filter (where not g.sitemap and g.error is not null)::int as failed,
           (array_agg(g.error order by g.position) filter (where not g.sitemap and g.error is not null))[1] as first,
           max(g.error) filter (where g.sitemap) as map,
           (select count(*)::int from passages p where p.workspace_id = ${tx.workspaceId} and p.knowledge_id = ${id}) as passages,
           coalesce(bool_or(g.error is not null and exists (
             select from passages p where p.workspace_id = ${tx.workspaceId} and p.page_id = g.id)), false) as stale
      from knowledge_pages g where g.workspace_id = ${tx.workspaceId} and g.knowledge_id = ${id}`);
  if (outcome === null) return;
  const { passages } = outcome;
  const mapFailed = outcome.map !== null && readingReasonOf(outcome.map) !== 'SITEMAP_CUT';
  const stale = passages > 0 && (outcome.stale || mapFailed);
  await tx.execute(sql`
    update knowledge_sources
       set status = ${passages > 0 ? KnowledgeStatus.READY : KnowledgeStatus.FAILED}, error = ${errorOf(outcome)}, read_at = now(),
           stale_since = case when ${stale} then coalesce(stale_since, now()) end,
           changed_at = case when passages_added + passages_removed > 0 then now() else changed_at end,
           updated_at = case when passages_added + passages_removed > 0 then now() else updated_at end
     where workspace_id = ${tx.workspaceId} and id = ${id}`);
}

function errorOf({ pages, failed, first, map, passages }: Outcome): string | null {
  if (map !== null && readingReasonOf(map) !== 'SITEMAP_CUT') return map;
  if (failed === 0) return passages === 0 ? readingSentence('NO_TEXT') : map;
  if (pages === 1) return first;
  return readingSentence('PAGES_FAILED', { failed: String(failed), pages: String(pages), first: first ?? '' });
}
