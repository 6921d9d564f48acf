import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { DraftLanguage } from '../enums.js';
import { type Language, languageOf, languages } from '../languages.js';
import { onceEach } from './once-each.js';
import { withoutOrders } from './orders-in-knowledge.js';
import { ComparedPassage, type PassageTexts, knownUnits, leastFit } from './passage-fit.js';
import { queryFor } from './passage-query.js';
import { type Asked, readQuestion } from './read-question.js';
import { spokenIn } from './read-words.js';

/** A passage that speaks of what was asked. */
export interface FoundPassage {
  readonly id: string;
  readonly knowledgeId: string;
  readonly title: string;
  readonly url: string | null;
  /** Of a document with pages: the one that it begins on. */
  readonly page?: number | null;
  readonly heading: string | null;
  readonly question: string | null;
  readonly text: string;
  /** 0..1: how well it answers what is asked. */
  readonly score: number;
}

export interface PassageQuestion {
  /** What the customer wrote last, the newest message first; an older one is only turned to when the newer ones find nothing. */
  readonly messages: readonly string[];
  /** The sources to look in; null for all of the workspace. */
  readonly knowledgeIds: readonly string[] | null;
  readonly limit: number;
}

type Row = Omit<FoundPassage, 'score'> & { readonly rank: number };

const candidates = 40;
/** A passage in the customer's own language goes before one that says the same in another. */
const foreignTongue = 0.35;

/** Finds the passages that fit a question, by their words. What fits nothing finds nothing. Internal knowledge is never found. */
@Injectable()
export class SearchPassages {
  /** Takes part in the transaction. */
  async find(tx: WorkspaceTransaction, question: PassageQuestion): Promise<FoundPassage[]> {
    const [newest] = question.messages;
    if (newest === undefined) return [];
    const alone = await this.findFor(tx, newest, question);
    if (alone.length > 0 || question.messages.length === 1) return alone;
    return this.findFor(tx, question.messages.join('\n'), question);
  }

  private async findFor(tx: WorkspaceTransaction, text: string, question: PassageQuestion): Promise<FoundPassage[]> {
    const asked = readQuestion(text);
    const query = queryFor(asked);
    if (query === null) return [];
    const rows = await tx.query<Row>(sql`
      select p.id, p.knowledge_id as "knowledgeId", k.title, coalesce(g.url, k.url) as url, p.page, p.heading, p.question, p.text, found.rank
        from search_passages(${query}, ${question.knowledgeIds}::uuid[], ${candidates}) found
        join passages p on p.id = found.id and p.workspace_id = ${tx.workspaceId}
        join knowledge_sources k on k.id = p.knowledge_id and k.workspace_id = ${tx.workspaceId}
        left join knowledge_pages g on g.id = p.page_id and g.workspace_id = ${tx.workspaceId}
       where k.status = 'READY' and not k.internal
       order by found.rank desc, p.id`);
    const found: FoundPassage[] = [];
    for (const { row, score } of onceEach(bestOf(rows, asked, tongueOf(text)))) {
      if (found.length === question.limit) break;
      const { rank: _, ...passage } = row;
      // Whoever can write into the knowledge must not write the replies.
      const harmless = withoutOrders(passage);
      if (harmless !== null) found.push({ ...harmless, score: Math.round(score * 100) / 100 });
    }
    return found;
  }
}

/** Those that answer, the best first. */
export function bestOf<Found extends PassageTexts & { readonly rank: number }>(
  rows: readonly Found[],
  asked: readonly Asked[],
  language: Language | null,
): { readonly row: Found; readonly score: number }[] {
  const compared = rows.map((row) => ({ row, passage: new ComparedPassage(row), foreign: speaksOther(row, language) }));
  const own = compared.filter(({ foreign }) => !foreign);
  const knowing = (own.length > 0 ? own : compared).map(({ passage }) => passage);
  const known = asked.map((one) => ({ one, units: knownUnits(one, knowing) }));
  return compared
    .map((found) => ({ ...found, score: Math.max(0, ...known.map(({ one, units }) => found.passage.fit(one, units))) }))
    .filter(({ score }) => score >= leastFit)
    .map(({ row, score, foreign }) => ({ row, score, order: score - (foreign ? foreignTongue : 0) }))
    .sort((a, b) => b.order - a.order || b.row.rank - a.row.rank);
}

function speaksOther({ heading, question, text }: PassageTexts, language: Language | null): boolean {
  if (language === null) return false;
  const own = tongueOf([heading, question, text].join('\n'));
  return own !== null && own.code !== language.code;
}

/** The language of a question or a passage; short ones are told by the words of trade that they use. */
export function tongueOf(text: string): Language | null {
  const spoken = languageOf(text);
  const third = spoken !== null && spoken.code !== DraftLanguage.EN && spoken.code !== DraftLanguage.TR;
  const clear = spokenIn(text, third ? 2 : 1);
  if (clear !== null) return languages.get(DraftLanguage[clear]) ?? null;
  if (spoken !== null) return spoken;
  const guess = spokenIn(text, 0);
  return guess === null ? null : (languages.get(DraftLanguage[guess]) ?? null);
}
