import type { Prompt } from './prompt.ts';
import { sentencesOf, subjectStems } from './words.ts';

/** What can honestly be said: sentences taken from what was given, and where they stand. */
export interface Extract {
  sentences: { text: string; passageId: string | null }[];
  /** 0..1: how much of the question the sentences speak of. */
  confidence: number;
  /** Whether anything fitting was found. */
  grounded: boolean;
  text: string;
}

export const NOT_FOUND = 'I could not find this in what I was given.';
const AT_MOST = 2;

/** Picks the sentences that are most related to the question. The same prompt always gives the same answer. */
export function extract(prompt: Prompt): Extract {
  const wanted = new Set(subjectStems(prompt.question));
  const sources = prompt.passages.length > 0 ? prompt.passages : [{ id: null, text: prompt.context }];
  const candidates = sources.flatMap((source) =>
    sentencesOf(source.text).map((text) => ({ text, passageId: source.id, stems: new Set(subjectStems(text)) })),
  );
  // A word that stands in every sentence tells nothing about which one is meant.
  const weight = (word: string) =>
    Math.log(1 + candidates.length / (1 + candidates.filter((candidate) => candidate.stems.has(word)).length));
  const scored = candidates
    .map((candidate, order) => {
      const shared = [...wanted].filter((word) => candidate.stems.has(word));
      return { ...candidate, order, shared, score: shared.reduce((sum, word) => sum + weight(word), 0) };
    })
    .filter((candidate) => candidate.shared.length > 0)
    .sort((a, b) => b.score - a.score || a.order - b.order);
  const best = scored[0];
  if (!best) return { sentences: [], confidence: 0, grounded: false, text: NOT_FOUND };
  const chosen = scored
    .filter((candidate) => candidate.score >= best.score * 0.6)
    .slice(0, AT_MOST)
    .sort((a, b) => a.order - b.order);
  const covered = new Set(chosen.flatMap((candidate) => candidate.shared));
  const sentences = chosen.map(({ text, passageId }) => ({ text, passageId }));
  return {
    sentences,
    confidence: Math.round((covered.size / Math.max(wanted.size, 1)) * 100) / 100,
    grounded: true,
    text: sentences.map((sentence) => sentence.text).join(' '),
  };
}
