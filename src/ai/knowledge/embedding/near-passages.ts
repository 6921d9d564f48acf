import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../../platform/database/index.js';
import { onceEach } from '../once-each.js';
import { withoutOrders } from '../orders-in-knowledge.js';
import { queryFor } from '../passage-query.js';
import { readQuestion } from '../read-question.js';
import type { FoundPassage } from '../search-passages.js';
import { type SmallVector, cosine, vectorIn } from './vector.js';

/** As many are compared one by one; of more, those that share words with the question. */
const mostScanned = 5_000;
const byWords = 400;
/** Some of what is near says the same twice, or gives orders. */
const spare = 2;
const leastLikeness = 0.3;
/** How far a passage has to stand out from the others, in standard deviations. */
const standsOut = 1.5;

interface NearQuestion {
  readonly text: string;
  readonly vector: SmallVector;
  /** Of which model the vector is. */
  readonly mark: string;
  readonly knowledgeIds: readonly string[] | null;
  readonly limit: number;
}

/** Finds the passages whose meaning is near to a question's, by their vectors. Internal knowledge is never found. */
@Injectable()
export class NearPassages {
  /** The nearest first, with how near they are as their score. Takes part in the transaction. */
  async find(tx: WorkspaceTransaction, question: NearQuestion): Promise<FoundPassage[]> {
    const candidates = await this.candidates(tx, question);
    const near = candidates.map(({ id, embedding }) => ({
      id,
      likeness: cosine(question.vector, vectorIn(embedding)),
    }));
    const least = leastOf(near.map(({ likeness }) => likeness));
    const best = near
      .filter(({ likeness }) => likeness >= least)
      .sort((a, b) => b.likeness - a.likeness)
      .slice(0, question.limit * spare);
    const found = await tx.query<Omit<FoundPassage, 'score'>>(sql`
      select p.id, p.knowledge_id as "knowledgeId", k.title, coalesce(g.url, k.url) as url, p.heading, p.question, p.text
        from passages p
        join knowledge_sources k on k.id = p.knowledge_id and k.workspace_id = p.workspace_id
        left join knowledge_pages g on g.id = p.page_id and g.workspace_id = p.workspace_id
       where p.workspace_id = ${tx.workspaceId} and p.id = any (${best.map(({ id }) => id)}::uuid[])`);
    const byId = new Map(found.map((passage) => [passage.id, passage]));
    const rows = best.flatMap(({ id, likeness }) => {
      const row = byId.get(id);
      return row === undefined ? [] : [{ row, likeness }];
    });
    // Whoever can write into the knowledge must not write the replies.
    return onceEach(rows)
      .flatMap(({ row, likeness }) => {
        const harmless = withoutOrders(row);
        return harmless === null ? [] : [{ ...harmless, score: Math.round(likeness * 100) / 100 }];
      })
      .slice(0, question.limit);
  }

  private async candidates(
    tx: WorkspaceTransaction,
    { mark, knowledgeIds, text }: NearQuestion,
  ): Promise<{ readonly id: string; readonly embedding: Buffer }[]> {
    const sound = sql`p.workspace_id = ${tx.workspaceId} and p.embedded_with = ${mark} and not p.internal
      and (${knowledgeIds}::uuid[] is null or p.knowledge_id = any (${knowledgeIds}::uuid[]))
      and exists (select from knowledge_sources k
                   where k.workspace_id = p.workspace_id and k.id = p.knowledge_id and k.status = 'READY' and not k.internal)`;
    const few = await tx.first<{ count: number }>(sql`
      select count(*)::int as count from (select 1 from passages p where ${sound} limit ${mostScanned + 1}) counted`);
    if ((few?.count ?? 0) <= mostScanned) return tx.query(sql`select p.id, p.embedding from passages p where ${sound}`);
    const query = queryFor(readQuestion(text));
    if (query === null) return [];
    return tx.query(sql`
      select p.id, p.embedding from search_passages(${query}, ${knowledgeIds}::uuid[], ${byWords}) found
        join passages p on p.id = found.id
       where ${sound}`);
  }
}

/** Models differ in how alike they find any two texts: what is near stands out from the rest. */
function leastOf(likenesses: readonly number[]): number {
  if (likenesses.length < 8) return leastLikeness;
  const mean = likenesses.reduce((sum, one) => sum + one, 0) / likenesses.length;
  const spread = Math.sqrt(likenesses.reduce((sum, one) => sum + (one - mean) ** 2, 0) / likenesses.length);
  return Math.max(leastLikeness, mean + standsOut * spread);
}
