import { createHash } from 'node:crypto';
import { cleanInput, cleanText } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { KnowledgeKind } from '../enums.js';
import type { KnowledgeInput } from './add-knowledge.input.js';
import { type PassageText, splitPairs, splitText } from './split-text.js';

const longestTitle = 200;
const longestText = 200_000;
const mostPairs = 1_000;
const longestQuestion = 500;
const longestAnswer = 4_000;

/** Checks a title. */
export function checkTitle(title: string): string {
  const clean = cleanInput(title).replace(/\s+/gu, ' ');
  if (clean === '') throw badInput('title', 'Give the knowledge a title.', 'NAME_MISSING');
  if (clean.length > longestTitle)
    throw badInput('title', `A title has at most ${String(longestTitle)} characters.`, 'TOO_LONG', {
      most: String(longestTitle),
    });
  return clean;
}

/** The passages of a text. */
export function passagesOfText(text: string): PassageText[] {
  if (text.length > longestText)
    throw badInput('text', 'A text has at most 200,000 characters. Split it into several sources.', 'KNOWLEDGE_LONG');
  const passages = splitText(cleanText(text, longestText));
  if (passages.length === 0) throw badInput('text', 'There is no text in it.', 'WRITE_FIRST');
  return passages;
}

/** The passages of a text or of pairs that are added. */
export function passagesOf(input: KnowledgeInput): PassageText[] {
  if (input.kind === KnowledgeKind.TEXT) return passagesOfText(input.text ?? '');
  const pairs = input.faq ?? [];
  if (pairs.length === 0) throw badInput('faq', 'Give at least one question with its answer.', 'FAQ_NONE');
  if (pairs.length > mostPairs)
    throw badInput('faq', 'Give at most 1,000 pairs at a time.', 'TOO_MANY', { most: String(mostPairs) });
  return splitPairs(pairs.map(checkedPair));
}

function checkedPair(
  { question, answer }: { question: string; answer: string },
  index: number,
): { question: string; answer: string } {
  const which = `Pair ${String(index + 1)}`;
  if (question.length > longestQuestion)
    throw badInput('faq', `${which}: a question has at most ${String(longestQuestion)} characters.`, 'FAQ_QUESTION', {
      most: String(longestQuestion),
    });
  if (answer.length > longestAnswer)
    throw badInput('faq', `${which}: an answer has at most ${String(longestAnswer)} characters.`, 'FAQ_ANSWER', {
      most: String(longestAnswer),
    });
  const pair = { question: cleanText(question).replace(/\s+/gu, ' ').trim(), answer: cleanText(answer).trim() };
  if (pair.question === '' || pair.answer === '')
    throw badInput('faq', `${which}: give both a question and an answer.`, 'FAQ_BOTH');
  return pair;
}

/** The same passages have the same digest, whatever their source is called. */
export function digestOf(passages: readonly PassageText[]): Buffer {
  return createHash('sha256')
    .update(JSON.stringify(passages.map(({ heading, question, text }) => [heading, question, text])))
    .digest();
}

/** The same page or the same file is one source, whatever it says when it is read. */
export function digestOfOrigin(kind: KnowledgeKind, origin: string | Buffer): Buffer {
  return createHash('sha256').update(`${kind}\n`).update(origin).digest();
}
