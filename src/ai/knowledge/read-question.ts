import { foldText } from './fold-text.js';
import { type Measure, measuresWanted } from './measures.js';
import { type Unit, saidWords, unitsIn } from './read-words.js';
import { sentencesOf } from './split-text.js';

/** One thing that is asked. */
export interface Asked {
  readonly units: readonly AskedUnit[];
  readonly wants: ReadonlySet<Measure>;
  /** Answered by yes or no: then a word that no passage knows may be the very thing that is asked about. */
  readonly polar: boolean;
}

/** A part of a question, and how much it says of what is asked. */
export interface AskedUnit {
  readonly unit: Unit;
  readonly weight: number;
}

const weights: Readonly<Record<Unit['kind'], number>> = {
  subject: 1,
  around: 0.3,
  ware: 0.35,
  place: 0.7,
  word: 0.75,
  weak: 0.12,
  number: 0.12,
};
/** A price, or "free", is asked of something; what went wrong is told on the way to what is asked. */
const ownWeights: ReadonlyMap<string, number> = new Map([
  ['REFUND', 1.2],
  ['RETURN', 0.9],
  ['SHIPPING', 0.85],
  ['OPENED', 0.8],
  ['DEFECT', 0.7],
  ['EXPRESS', 0.6],
  ['LOST', 0.6],
  ['WRONG', 0.6],
  ['PAY', 0.55],
  ['FREE', 0.45],
  ['PRICE', 0.4],
]);
/** What stands around a question only tells how it came to it. */
const storyShare = 0.3;
const mostUnits = 40;
const mostParts = 12;
const aloneTelling = 0.5;

/** How much a word says of what a text is about. */
export function weightOf({ kind, subjects }: Unit): number {
  const own = subjects.flatMap((subject) => ownWeights.get(subject) ?? []);
  return own.length > 0 ? Math.max(...own) : weights[kind];
}

/** Whether a question can be about it alone: "how much?" is asked of something. */
export function isTelling({ kind, subjects }: Unit): boolean {
  return (
    kind !== 'weak' && kind !== 'number' && !['PRICE', 'FREE', 'ORDER'].some((subject) => subjects.includes(subject))
  );
}

// Addresses, order numbers and phone numbers of a customer stand in no knowledge, and are nothing to look for.
const ids = /\S+@\S+|https?:\/\/\S+|(?<!\p{L})\+?\d[\d\s()./-]{6,}\d|(?<!\p{L})\d{4,}/gu;

/** What a text asks: each of its questions, else of its sentences; and the text as a whole. */
export function readQuestion(text: string): Asked[] {
  const sentences = sentencesOf(text.replace(ids, ' '));
  const questions = sentences.filter((sentence) => /[?\u061f\uff1f]/u.test(sentence));
  const parts = questions.length > 0 ? questions : sentences;
  const story = sentences.filter((sentence) => !parts.includes(sentence));
  const asked = parts.slice(0, mostParts).map((part) => askedIn(part, ''));
  if (sentences.length > 1) asked.push(askedIn(parts.join('\n'), story.join('\n')));
  return asked.filter(({ units }) =>
    units.some(({ unit }) => unit.kind === 'ware' || (isTelling(unit) && weightOf(unit) >= aloneTelling)),
  );
}

function askedIn(text: string, story: string): Asked {
  const found = new Map<string, AskedUnit>();
  for (const [part, share] of [
    [text, 1],
    [story, storyShare],
  ] as const)
    for (const unit of unitsIn(saidWords(part))) {
      const key = unit.subjects.length > 0 ? unit.subjects.join(' ') : unit.stem;
      if (!found.has(key)) found.set(key, { unit, weight: share * weightOf(unit) });
    }
  return {
    units: [...found.values()].slice(0, mostUnits),
    wants: measuresWanted(text),
    polar: isPolar(foldText(text).trim()),
  };
}

const polarStart =
  /^(?:(?:hi|hello|hey|and|but|so|ok|okay|please|sorry|excuse me|good \p{L}+)[\s,!.]+)*(?:can|could|do|does|did|is|are|was|were|will|would|may|might|should|have|has|any)\b/u;
const polarParticle = /\bm[iu](?:y[iu]m|s[iu]n(?:[iu]z)?|y[iu]z|d[iu]r)?\b/u;
const openWord = /\b(?:what|which|when|where|who|why|how|ne|nasil|kac\p{L}*|hangi\p{L}*|nere\p{L}*|kim|neden|nicin)\b/u;

function isPolar(folded: string): boolean {
  return polarStart.test(folded) || (polarParticle.test(folded) && !openWord.test(folded));
}
