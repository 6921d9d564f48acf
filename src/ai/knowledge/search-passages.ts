import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { sentencesOf } from './split-text.js';
import { type Language, languageOf } from '../languages.js';
import { type QueryWord, queryWords, toQuery } from './fold-text.js';
import { withoutOrders } from './orders-in-knowledge.js';
import { joinPhrases, kindredOf } from './kindred-words.js';
import { onceEach } from './once-each.js';
import { type Asked, ComparedPassage, type PassageTexts, askedIn, leastFit } from './passage-fit.js';

/** A passage that speaks of what was asked. */
export interface FoundPassage {
  readonly id: string;
  readonly knowledgeId: string;
  readonly title: string;
  readonly url: string | null;
  readonly heading: string | null;
  readonly question: string | null;
  readonly text: string;
  /** 0..1: the share of the question's words that the passage holds, each by its weight. */
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
const mostWords = 24;
const mostTerms = 44;
/** A passage in the customer's own language goes before one that says the same in another. */
const foreignTongue = 0.25;

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
    // Words that stand in every kind of question ("how much is it?") find nothing by themselves.
    const query = toQuery(withKindred(asked.flatMap(({ words }) => words)));
    if (query === null) return [];
    const rows = await tx.query<Row>(sql`
      select p.id, p.knowledge_id as "knowledgeId", k.title, coalesce(g.url, k.url) as url, p.heading, p.question, p.text, found.rank
        from search_passages(${query}, ${question.knowledgeIds}::uuid[], ${candidates}) found
        join passages p on p.id = found.id and p.workspace_id = ${tx.workspaceId}
        join knowledge_sources k on k.id = p.knowledge_id and k.workspace_id = ${tx.workspaceId}
        left join knowledge_pages g on g.id = p.page_id and g.workspace_id = ${tx.workspaceId}
       where k.status = 'READY' and not k.internal
       order by found.rank desc, p.id`);
    const found: FoundPassage[] = [];
    for (const { row, score } of onceEach(bestOf(rows, asked, languageOf(text)))) {
      if (found.length === question.limit) break;
      const { rank: _, ...passage } = row;
      // Whoever can write into the knowledge must not write the replies.
      const harmless = withoutOrders(passage);
      if (harmless !== null) found.push({ ...harmless, score: Math.round(score * 100) / 100 });
    }
    return found;
  }
}

/** What a text asks, by those of its parts that speak of anything. */
export function readQuestion(text: string): Asked[] {
  return questionsIn(joinPhrases(text))
    .map((part) => askedIn(part, queryWords(part)))
    .filter(({ words }) => words.some(({ weight }) => weight === 1));
}

/** Those that answer, the best first. */
export function bestOf<Found extends PassageTexts & { readonly rank: number }>(
  rows: readonly Found[],
  asked: readonly Asked[],
  language: Language | null,
): { readonly row: Found; readonly score: number }[] {
  const compared = rows.map((row) => ({ row, passage: new ComparedPassage(row) }));
  const open = asked
    .map((one) => ({
      one,
      unknown: unknownIn(
        one.words,
        compared.map(({ passage }) => passage),
      ),
    }))
    // What is asked about is in no passage.
    .filter(({ one, unknown }) => !one.polar || unknown < 0.5);
  return compared
    .map(({ row, passage }) => ({
      row,
      score: Math.max(0, ...open.map(({ one, unknown }) => passage.fit(one, unknown))),
    }))
    .filter(({ score }) => score >= leastFit)
    .map((found) => ({ ...found, order: found.score - (speaksOther(found.row, language) ? foreignTongue : 0) }))
    .sort((a, b) => b.order - a.order || b.row.rank - a.row.rank);
}

function speaksOther({ heading, text }: PassageTexts, language: Language | null): boolean {
  if (language === null) return false;
  const own = languageOf([heading, text].join('\n'));
  return own !== null && own.code !== language.code;
}

/** The share of the telling words that no passage knows. */
function unknownIn(words: readonly QueryWord[], passages: readonly ComparedPassage[]): number {
  const telling = words.filter(({ weight }) => weight === 1);
  const unknown = telling.filter(({ stem }) => !passages.some((passage) => passage.knows(stem)));
  return unknown.length / Math.max(1, telling.length);
}

/** The words, each once, and after them those that mean the same. */
function withKindred(words: readonly QueryWord[]): QueryWord[] {
  const own = [...new Map(words.map((word) => [word.stem, word])).values()].slice(0, mostWords);
  const others = own.flatMap(({ stem }) => kindredOf(stem)).map((stem) => ({ word: stem, stem, weight: 1 }));
  return [...new Map([...own, ...others].map((word) => [word.stem, word])).values()].slice(0, mostTerms);
}

/** What is asked in a text: its questions, else each of its sentences; and the text as a whole. */
function questionsIn(text: string): string[] {
  const sentences = sentencesOf(text);
  const questions = sentences.filter((sentence) => /[?\u061f\uff1f]/.test(sentence));
  return [...new Set([...(questions.length > 0 ? questions : sentences), text])].slice(0, 12);
}
