import { CaseVerdict } from '../enums.js';
import { denies } from '../drafting/sentence-facts.js';
import { numbersOf, sameNumber } from '../drafting/stated-numbers.js';
import { type QueryWord, queryWords, sameStem, stemOf, wordsOf } from '../knowledge/fold-text.js';
import { kindredOf } from '../knowledge/kindred-words.js';
import { sentencesOf } from '../knowledge/split-text.js';

/** What was wanted of an answer. */
export interface WantedAnswer {
  /** What it has to say; empty where it should say nothing. */
  readonly expected: string;
  /** The source that it has to rest on; null where any may do. */
  readonly knowledgeId: string | null;
}

/** What was answered; the empty text where nothing was. */
export interface GivenAnswer {
  readonly text: string;
  readonly knowledgeIds: readonly string[];
}

/** Of what is wanted so much has to be said, by weight: people say one thing in several ways. */
const leastShare = 0.6;

/** Whether a verdict is a good one. */
export function isPassed(verdict: CaseVerdict): boolean {
  return verdict === CaseVerdict.SAYS_IT || verdict === CaseVerdict.LEFT_ALONE;
}

/**
 * Holds an answer against what was wanted, by rules alone: the same answer is judged the same way each time, and whoever
 * reads the verdict can check it. Every number that is wanted has to be there with its unit, most of the words that carry
 * meaning (or their kin), in a sentence that affirms or denies as what is wanted does, from the source that was named.
 */
export function judgeAnswer(wanted: WantedAnswer, given: GivenAnswer): CaseVerdict {
  if (wanted.expected === '') return given.text === '' ? CaseVerdict.LEFT_ALONE : CaseVerdict.SPOKE;
  if (given.text === '') return CaseVerdict.SILENT;
  const numbers = numbersOf(given.text);
  if (!numbersOf(wanted.expected).every((number) => numbers.some((other) => sameNumber(number, other))))
    return CaseVerdict.OTHER_NUMBER;
  const words = queryWords(wanted.expected, 60).filter(({ word }) => !/\p{N}/u.test(word));
  if (shareOf(words, given.text) < leastShare) return CaseVerdict.LEAVES_OUT;
  if (words.length > 0 && denies(nearest(words, given.text)) !== denies(wanted.expected)) return CaseVerdict.DENIES;
  if (wanted.knowledgeId !== null && !given.knowledgeIds.includes(wanted.knowledgeId)) return CaseVerdict.OTHER_SOURCE;
  return CaseVerdict.SAYS_IT;
}

/** How much of the words a text says, by weight; of no words all. */
function shareOf(words: readonly QueryWord[], text: string): number {
  const stems = wordsOf(text).map(stemOf);
  const said = (stem: string): boolean => stems.some((other) => sameStem(stem, other));
  const sum = (some: readonly QueryWord[]): number => some.reduce((total, { weight }) => total + weight, 0);
  if (words.length === 0) return 1;
  return sum(words.filter(({ stem }) => said(stem) || kindredOf(stem).some(said))) / sum(words);
}

/** The sentence that says most of the words. */
function nearest(words: readonly QueryWord[], text: string): string {
  const [best] = sentencesOf(text)
    .map((sentence) => ({ sentence, share: shareOf(words, sentence) }))
    .sort((one, other) => other.share - one.share);
  return best?.sentence ?? text;
}
