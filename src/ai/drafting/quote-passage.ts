import { measuresGiven, measuresWanted } from '../knowledge/measures.js';
import { weightOf } from '../knowledge/read-question.js';
import { saidWords, unitsIn } from '../knowledge/read-words.js';
import { SaidWords } from '../knowledge/said-words.js';
import type { FoundPassage } from '../knowledge/search-passages.js';
import { isListed, sentencesOf } from '../knowledge/split-text.js';

const mostSentences = 3;
const akin = 0.2;
const measure = 0.5;

/**
 * What a passage says to a question, word for word: the whole answer of a pair, or the one to three sentences that speak
 * of it, in their order. No model is asked.
 */
export function quotePassage(passage: FoundPassage, question: string): string {
  if (passage.question !== null) return passage.text;
  const sentences = sentencesOf(passage.text);
  const units = unitsIn(saidWords(question));
  const wants = measuresWanted(question);
  const scored = sentences.map((sentence, index) => {
    const said = SaidWords.of(sentence);
    const given = measuresGiven(sentence);
    const score = units.reduce((sum, unit) => sum + weightOf(unit) * said.match(unit, akin), 0);
    // The figure that was asked for may stand in a sentence that says little else.
    return { sentence, index, score: score + ([...wants].some((one) => given.has(one)) ? measure : 0) };
  });
  const best = Math.max(...scored.map(({ score }) => score));
  // The heading answered to the question, no sentence by itself: the passage begins with what matters.
  if (best === 0) return sentences.slice(0, mostSentences).join(' ');
  const said = scored
    .filter(({ score }) => score >= best * 0.8)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, mostSentences)
    .sort((a, b) => a.index - b.index)
    .map(({ sentence }) => sentence);
  return said.reduce((all, sentence) => {
    if (all.includes(sentence)) return all;
    // "We deliver to:" says nothing without what it leads to.
    const part = sentence.endsWith(':') ? ledTo(passage.text, sentence) : sentence;
    return all === '' ? part : `${all}${all.includes('\n') ? '\n' : ' '}${part}`;
  }, '');
}

/** A sentence with the paragraph or the list that it leads to, as they stand. */
function ledTo(text: string, sentence: string): string {
  const [, after = ''] = text.split(sentence, 2);
  const lines = after.trim().split('\n');
  const end = lines.findIndex((line) => !isListed(line));
  return [sentence, ...lines.slice(0, end < 0 ? lines.length : Math.max(end, 1))].join('\n').trim();
}
