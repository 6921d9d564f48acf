import { type QueryWord, foldText, stemOf, isEmpty, isWeak, wordsOf } from './fold-text.js';
import { joinPhrases, kindredOf } from './kindred-words.js';
import { sentencesOf } from './split-text.js';

/** The parts of a passage that a question is held against. */
export interface PassageTexts {
  readonly title: string;
  readonly heading: string | null;
  readonly question: string | null;
  readonly text: string;
}

/** One thing that is asked. */
export interface Asked {
  readonly words: readonly QueryWord[];
  readonly forms: Forms;
  /** Answered by yes or no: then a word that no passage knows is the very thing that is asked about. */
  readonly polar: boolean;
  readonly wants: ReadonlySet<Measure>;
}

/** What kind of figure a question asks for, and a passage gives. */
type Measure = 'duration' | 'price' | 'hour';

/** With less a passage is about something else. */
export const leastFit = 0.5;

const formShare = 0.9;
const kindredShare = 0.8;
const headingPart = 0.45;
const bodyAlone = 0.75;
const measureBonus = 0.1;

const wanted: readonly (readonly [Measure, RegExp])[] = [
  [
    'duration',
    /\bhow (?:long|many (?:days|weeks|months|hours|years))\b|\bwhen\b|\bne zaman\b|\bkac (?:gun|hafta|ay|saat|yil)/u,
  ],
  [
    'price',
    /\bhow (?:much|expensive)\b|\b(?:price|cost|fee|charge)s?\b|\bne kadar\b|\bkac (?:tl|lira|para|euro|avro)|\b(?:ucret|fiyat)/u,
  ],
  ['hour', /\bwhat time\b|\b(?:until|till) (?:when|what)\b|\bopen\b|\bkac(?:ta|a)\b|\bsaat kac/u],
];
const given: readonly (readonly [Measure, RegExp])[] = [
  [
    'duration',
    /\b(?:day|days|week|weeks|month|months|hours|year|years|gun|gunu|gunde|hafta|hafta\p{L}*|ay|saat|yil)\b/u,
  ],
  ['price', /[€$£₺]|\b(?:tl|try|lira|euros?|eur|avro\p{L}*|usd|dollars?|pounds?|percent|free|ucretsiz\p{L}*|yuzde)\b/u],
  ['hour', /\b\d{1,2}[.:]\d{2}\b|\b\d{1,2} ?[ap]\.? ?m\b/u],
];

function measuresIn(text: string, patterns: readonly (readonly [Measure, RegExp])[]): Set<Measure> {
  return new Set(patterns.filter(([, pattern]) => pattern.test(text)).map(([measure]) => measure));
}

/** What a heading says that its section is about. */
const announced: readonly (readonly [Measure, RegExp])[] = [
  ['duration', /\b(?:times?|how long|period|deadlines?|sure(?:si|leri|ler)?)\b/u],
  ['price', /\b(?:prices?|costs?|fees?|charges?|ucret\p{L}*|fiyat\p{L}*)\b/u],
  ['hour', /\b(?:hours|saat\p{L}*)\b/u],
];

const polarStart =
  /^(?:(?:hi|hello|hey|and|but|so|ok|okay|please|sorry|excuse me|good \p{L}+)[\s,!.]+)*(?:can|could|do|does|did|is|are|was|were|will|would|may|might|should|have|has)\b/u;
const polarParticle = /\bm[iu](?:y[iu]m|s[iu]n(?:[iu]z)?|y[iu]z|d[iu]r)?\b/u;
const openWord = /\b(?:what|which|when|where|who|why|how|ne|nasil|kac\p{L}*|hangi\p{L}*|nere\p{L}*|kim|neden|nicin)\b/u;

/** Reads what one text asks; its words are given as `queryWords` has them. */
export function askedIn(text: string, words: readonly QueryWord[]): Asked {
  const folded = foldText(text).trim();
  return {
    words,
    forms: new Forms(words.map(({ word }) => word)),
    polar: polarStart.test(folded) || (polarParticle.test(folded) && !openWord.test(folded)),
    wants: measuresIn(folded, wanted),
  };
}

/** The words of a text, made ready to be looked up many times. */
class Forms {
  private readonly stems: ReadonlySet<string>;
  private readonly beginnings = new Set<string>();

  constructor(words: readonly string[]) {
    this.stems = new Set(words.map(stemOf));
    for (const stem of this.stems)
      if (!/\p{N}/u.test(stem)) for (let end = 4; end <= stem.length; end += 1) this.beginnings.add(stem.slice(0, end));
  }

  /** 1 for the word itself, less for one of its forms or for a word that means the same, 0 for none. */
  likeness(stem: string): number {
    if (this.stems.has(stem)) return 1;
    if (this.hasForm(stem)) return formShare;
    return kindredOf(stem).some((other) => this.stems.has(other) || this.hasForm(other)) ? kindredShare : 0;
  }

  private hasForm(stem: string): boolean {
    if (stem.length < 4 || /\p{N}/u.test(stem)) return false;
    if (this.beginnings.has(stem)) return true;
    for (let end = Math.max(4, Math.min(5, stem.length)); end < stem.length; end += 1)
      if (end >= 5 ? this.beginnings.has(stem.slice(0, end)) : this.stems.has(stem.slice(0, end))) return true;
    return this.stems.has(stem.slice(0, 4));
  }
}

/** A passage as it is compared; made once for all that is asked. */
export class ComparedPassage {
  private readonly all: Forms;
  /** What it is about; a heading that joins two things is about either. */
  private readonly subjects: readonly (readonly string[])[];
  private readonly sentences: () => readonly Forms[];
  private readonly given: () => ReadonlySet<Measure>;
  private readonly announced: ReadonlySet<Measure>;

  constructor({ title, heading, question, text }: PassageTexts) {
    const line = question ?? heading?.split(' – ').at(-1) ?? null;
    const words = wordsOf(joinPhrases(text));
    const around = [title, heading, question].flatMap((part) => (part === null ? [] : wordsOf(joinPhrases(part))));
    this.all = new Forms([...around, ...words]);
    this.subjects = line === null ? [] : subjectsOf(joinPhrases(line));
    this.announced = line === null ? new Set() : measuresIn(foldText(line), announced);
    this.sentences = () => sentencesOf(joinPhrases(text)).map((sentence) => new Forms(wordsOf(sentence)));
    this.given = () => measuresIn(foldText(text), given);
  }

  knows(stem: string): boolean {
    return this.all.likeness(stem) > 0;
  }

  /** 0..1: how well it answers what is asked. */
  fit({ words, forms, wants, polar }: Asked, unknown: number): number {
    let held = 0;
    let all = 0;
    let telling = 0;
    for (const { stem, weight } of words) {
      const likeness = this.all.likeness(stem);
      all += weight;
      held += weight * likeness;
      if (likeness > 0 && weight === 1) telling += 1;
    }
    if (telling === 0) return 0;
    const body = held / all;
    const bonus = this.measureBonus(wants);
    const subject = this.subjectShare(forms);
    if (subject >= 0.5) return Math.min(1, (1 - headingPart) * body + headingPart * subject + bonus);
    // One word in common is chance, unless the question has but one.
    const least = Math.min(2, words.filter(({ weight }) => weight === 1).length);
    if (telling < least) return 0;
    // Where something is asked about that nobody speaks of, the rest is met by chance unless one sentence says all of it.
    if (polar && unknown > 0 && !this.isSaidAtOnce(words)) return 0;
    return Math.min(1, (this.subjects.length === 0 ? 1 : bodyAlone) * body + bonus);
  }

  private isSaidAtOnce(words: readonly QueryWord[]): boolean {
    const met = words.filter(({ stem, weight }) => weight === 1 && this.knows(stem));
    return this.sentences().some((sentence) => met.every(({ stem }) => sentence.likeness(stem) > 0));
  }

  /** More for the figure that is asked for, less for a section that is about another one. */
  private measureBonus(wants: ReadonlySet<Measure>): number {
    if (wants.size === 0) return 0;
    const some = (of: ReadonlySet<Measure>): boolean => [...wants].some((measure) => of.has(measure));
    if (some(this.announced)) return measureBonus;
    if (this.announced.size > 0) return -measureBonus;
    return some(this.given()) ? measureBonus / 2 : 0;
  }

  /** The share of the subject's own words that are asked about; of several subjects the one that fits best. */
  private subjectShare(asked: Forms): number {
    if (this.subjects.length === 0) return 0;
    const shares = this.subjects.map((subject) => {
      const met = subject.reduce((sum, stem) => sum + asked.likeness(stem), 0);
      // Of two that fit as well, the one that says more.
      return met / subject.length + (met > 1 ? 0.05 : 0);
    });
    return Math.max(...shares);
  }
}

/** The telling words of a heading or of a pair's question; of one that has none, all of them. */
function subjectsOf(line: string): string[][] {
  return line
    .split(/\s+(?:and|or|ve|veya|ya da)\s+|[,;/&|]/giu)
    .map((part) => {
      const words = wordsOf(part).filter((word) => !isEmpty(word));
      const telling = words.filter((word) => !isWeak(word));
      return [...new Set((telling.length > 0 ? telling : words).map(stemOf))];
    })
    .filter((subject) => subject.length > 0);
}
