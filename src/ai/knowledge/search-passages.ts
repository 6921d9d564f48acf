import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { sentencesOf } from './split-text.js';
import { type QueryWord, queryWords, sameStem, stemOf, toQuery, wordsOf } from './fold-text.js';

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

/** With less than half of a question's words a passage is about something else. */
const leastShare = 0.5;
/** One word in common is chance, unless the question has but one. */
const leastWords = 2;
const candidates = 40;
const mostWords = 24;

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
    const asked = questionsIn(text)
      .map((part) => queryWords(part))
      .filter((words) => words.some(({ weight }) => weight === 1));
    // Words that stand in every kind of question ("how much is it?") find nothing by themselves.
    const query = toQuery([...new Map(asked.flat().map((word) => [word.stem, word])).values()].slice(0, mostWords));
    if (query === null) return [];
    const rows = await tx.query<Row>(sql`
      select p.id, p.knowledge_id as "knowledgeId", k.title, k.url, p.heading, p.question, p.text, found.rank
        from search_passages(${query}, ${question.knowledgeIds}::uuid[], ${candidates}) found
        join passages p on p.id = found.id and p.workspace_id = ${tx.workspaceId}
        join knowledge_sources k on k.id = p.knowledge_id and k.workspace_id = ${tx.workspaceId}
       where k.status = 'READY' and not k.internal
       order by found.rank desc, p.id`);
    return rows
      .map((row) => {
        const stems = stemsIn(row);
        return { row, score: Math.max(...asked.map((words) => share(words, stems))) };
      })
      .filter(({ score }) => score >= leastShare)
      .sort((a, b) => b.score - a.score || b.row.rank - a.row.rank)
      .slice(0, question.limit)
      .map(({ row: { rank: _, ...passage }, score }) => ({ ...passage, score: Math.round(score * 100) / 100 }));
  }
}

/** What is asked in a text: its questions, else each of its sentences; and the text as a whole. */
export function questionsIn(text: string): string[] {
  const sentences = sentencesOf(text);
  const questions = sentences.filter((sentence) => /[?\u061f\uff1f]/.test(sentence));
  return [...new Set([...(questions.length > 0 ? questions : sentences), text])].slice(0, 12);
}

type PassageTexts = Pick<FoundPassage, 'title' | 'heading' | 'question' | 'text'>;

/** The share of a question's words that a passage holds, each by its weight; 0 where too few of them are in it. */
export function coverage(words: readonly QueryWord[], passage: PassageTexts): number {
  return share(words, stemsIn(passage));
}

function stemsIn({ title, heading, question, text }: PassageTexts): ReadonlySet<string> {
  return new Set([title, heading, question, text].flatMap((part) => (part === null ? [] : wordsOf(part).map(stemOf))));
}

function share(words: readonly QueryWord[], stems: ReadonlySet<string>): number {
  let held = 0;
  let all = 0;
  let telling = 0;
  for (const { stem, weight } of words) {
    all += weight;
    const likeness = stems.has(stem) ? 1 : hasForm(stems, stem) ? likely : 0;
    held += weight * likeness;
    if (likeness > 0 && weight === 1) telling += 1;
  }
  const least = Math.min(leastWords, words.filter(({ weight }) => weight === 1).length);
  return all === 0 || telling < least ? 0 : held / all;
}

/** Forms that only share their beginning may be two words; they count a little less. */
const likely = 0.9;

function hasForm(stems: ReadonlySet<string>, stem: string): boolean {
  for (const other of stems) if (isForm(stem, other)) return true;
  return false;
}

function isForm(stem: string, other: string): boolean {
  return sameStem(stem, other) || (stem.length >= 5 && other.length >= 5 && stem.slice(0, 5) === other.slice(0, 5));
}
