import { foldText, queryWords, sameStem } from '../knowledge/fold-text.js';
import { kindredOf } from '../knowledge/kindred-words.js';
import { sentencesOf } from '../knowledge/split-text.js';

const asks =
  /[?؟？]|(?:^|[^\p{L}])(?:what|which|when|where|who|why|how|can|could|do|does|did|is|are|will|may|ne|nasil|kac|hangi|nerede|nereden|kim|neden|nicin|niye|mi|mu|miyim|misiniz|musunuz|midir|var mi|هل|كم|متى|أين|كيف|ما|ماذا|لماذا)(?=$|[^\p{L}])/u;

/** With so many of their telling words in common two questions are one. */
const leastAlike = 0.5;
const mostStems = 24;

/** The telling words of a question; null where a text asks nothing that a business could answer ("thanks!", "👍"). */
export function askedStems(text: string): readonly string[] | null {
  // What stands for a detail that was taken out says nothing, and neither does what is told beside the question.
  const plain = text.replace(/\[\p{L}+(?:-\d+)?\]/gu, ' ');
  const questions = sentencesOf(plain).filter((sentence) => /[?؟？]/u.test(sentence));
  const asked = questions.length > 0 ? questions.join(' ') : plain;
  if (!asks.test(foldText(asked))) return null;
  const stems = queryWords(asked, mostStems)
    .filter(({ weight }) => weight === 1)
    .map(({ stem }) => stem);
  return stems.length === 0 ? null : stems.toSorted();
}

/** How much two questions ask the same, 0 to 1: words that mean the same count as one. */
export function likenessOf(one: readonly string[], other: readonly string[]): number {
  const met = one.filter((stem) => other.some((word) => sameStem(stem, word) || kindredOf(stem).includes(word)));
  const all = one.length + other.length - met.length;
  return all <= 0 ? 1 : Math.min(1, met.length / all);
}

/** Of several questions the one that is most like this, if any asks the same. */
export function sameQuestion<Known extends { readonly stems: readonly string[] }>(
  stems: readonly string[],
  known: readonly Known[],
): Known | null {
  const [best] = known
    .map((question) => ({ question, likeness: likenessOf(stems, question.stems) }))
    .filter(({ likeness }) => likeness >= leastAlike)
    .sort((a, b) => b.likeness - a.likeness);
  return best?.question ?? null;
}
