import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../../platform/database/index.js';
import { onceEach } from '../once-each.js';
import { withoutOrders } from '../orders-in-knowledge.js';
import type { FoundPassage } from '../search-passages.js';
import { type SmallVector, cosine, signsOf, vectorIn } from './vector.js';

/** As many are compared one by one; of more, those whose signs are the most alike. */
const mostScanned = 5_000;
const bySigns = 400;
/** Of how many in 256 it is looked how alike just any passage is. */
const sampled = 2;
/** Some of what is near says the same twice, or gives orders. */
const spare = 2;
const leastLikeness = 0.3;
/** How far a passage has to stand out from the others, in standard deviations. */
const standsOut = 1.5;

interface NearQuestion {
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
    const { candidates, others } = await this.candidates(tx, question);
    const likenessOf = ({ embedding }: Candidate): number => cosine(question.vector, vectorIn(embedding));
    const compared = candidates.map((candidate) => ({ id: candidate.id, likeness: likenessOf(candidate) }));
    const least = leastOf(others === null ? compared.map(({ likeness }) => likeness) : others.map(likenessOf));
    const best = compared
      .filter(({ likeness }) => likeness >= least)
      .sort((a, b) => b.likeness - a.likeness)
      .slice(0, question.limit * spare);
    const found = await tx.query<Omit<FoundPassage, 'score'>>(sql`
      select p.id, p.knowledge_id as "knowledgeId", k.title, coalesce(g.url, k.url) as url, p.page, p.heading, p.question, p.text
        from passages p
        join knowledge_sources k on k.id = p.knowledge_id and k.workspace_id = p.workspace_id
        left join knowledge_pages g on g.id = p.page_id and g.workspace_id = p.workspace_id
       where p.workspace_id = ${tx.workspaceId} and p.id = any (${best.map(({ id }) => id)}::uuid[])`);
    const byId = new Map(found.map((passage) => [passage.id, passage]));
    const rows = best.flatMap(({ id, likeness }) => {
      const row = byId.get(id);
      return row === undefined ? [] : [{ row, likeness }];
    });
    const near: FoundPassage[] = [];
    for (const { row, likeness } of onceEach(rows)) {
      if (near.length === question.limit) break;
      // Whoever can write into the knowledge must not write the replies.
      const harmless = withoutOrders(row);
      if (harmless !== null) near.push({ ...harmless, score: Math.round(likeness * 100) / 100 });
    }
    return near;
  }

  /** What may be near, and some of the others to hold it against; null where there are no others. */
  private async candidates(
    tx: WorkspaceTransaction,
    { vector, mark, knowledgeIds }: NearQuestion,
  ): Promise<{ readonly candidates: readonly Candidate[]; readonly others: readonly Candidate[] | null }> {
    const sound = sql`p.workspace_id = ${tx.workspaceId} and p.embedded_with = ${mark} and not p.internal and p.embedding_signs is not null
      and (${knowledgeIds}::uuid[] is null or p.knowledge_id = any (${knowledgeIds}::uuid[]))
      and exists (select from knowledge_sources k
                   where k.workspace_id = p.workspace_id and k.id = p.knowledge_id and k.status = 'READY' and not k.internal)`;
    const few = await tx.first<{ count: number }>(sql`
      select count(*)::int as count from (select 1 from passages p where ${sound} limit ${mostScanned + 1}) counted`);
    if ((few?.count ?? 0) <= mostScanned) {
      const all = await tx.query<Candidate>(sql`select p.id, p.embedding from passages p where ${sound}`);
      return { candidates: all, others: null };
    }
    const candidates = await tx.query<Candidate>(sql`
      select p.id, p.embedding
        from near_passages(${signsOf(vector)}::bit varying, ${mark}, ${knowledgeIds}::uuid[], ${bySigns}) found (id)
        join passages p on p.workspace_id = ${tx.workspaceId} and p.id = found.id`);
    // The last byte of an id is a random one. The index alone tells which they are; then those few are read.
    const others = await tx.query<Candidate>(sql`
      select p.id, p.embedding from passages p
       where p.workspace_id = ${tx.workspaceId}
         and p.id = any (array(select p.id from passages p where ${sound} and get_byte(uuid_send(p.id), 15) < ${sampled}))`);
    return { candidates, others };
  }
}

interface Candidate {
  readonly id: string;
  readonly embedding: Buffer;
}

/** Models differ in how alike they find any two texts: what is near stands out from the rest. */
function leastOf(likenesses: readonly number[]): number {
  if (likenesses.length < 8) return leastLikeness;
  const mean = likenesses.reduce((sum, one) => sum + one, 0) / likenesses.length;
  const spread = Math.sqrt(likenesses.reduce((sum, one) => sum + (one - mean) ** 2, 0) / likenesses.length);
  return Math.max(leastLikeness, mean + standsOut * spread);
}
