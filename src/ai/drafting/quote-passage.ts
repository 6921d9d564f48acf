import type { FoundPassage } from '../knowledge/search-passages.js';
import { queryWords, sameStem, stemOf, wordsOf } from '../knowledge/fold-text.js';
import { sentencesOf } from '../knowledge/split-text.js';

const mostSentences = 3;

/**
 * What a passage says to a question, word for word: the whole answer of a pair, or the one to three sentences that speak
 * of it, in their order. No model is asked.
 */
export function quotePassage(passage: FoundPassage, question: string): string {
  if (passage.question !== null) return passage.text;
  const sentences = sentencesOf(passage.text);
  const words = queryWords(question);
  const scored = sentences.map((sentence, index) => {
    const stems = wordsOf(sentence).map(stemOf);
    const score = words.reduce(
      (sum, { stem, weight }) => sum + (stems.some((other) => sameStem(stem, other)) ? weight : 0),
      0,
    );
    return { sentence, index, score };
  });
  const best = Math.max(...scored.map(({ score }) => score));
  // The heading answered to the question, no sentence by itself: the passage begins with what matters.
  if (best === 0) return sentences.slice(0, mostSentences).join(' ');
  return scored
    .filter(({ score }) => score >= best * 0.6)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, mostSentences)
    .sort((a, b) => a.index - b.index)
    .map(({ sentence }) => sentence)
    .join(' ');
}
