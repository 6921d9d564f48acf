import { isEmpty, isWeak, stemOf, wordsOf } from './fold-text.js';
import {
  abroadPlaces,
  neighbours,
  places,
  smallTalkEnglish,
  smallTalkTurkish,
  subjects,
  union,
  wares,
} from './trade-words.js';

/** What a word of a question or a passage stands for. */
type UnitKind = 'subject' | 'around' | 'ware' | 'place' | 'word' | 'weak' | 'number';

/** One or more words of a text that mean one thing. */
export interface Unit {
  readonly kind: UnitKind;
  /** The word, folded; of several the first. */
  readonly word: string;
  readonly stem: string;
  /** The names of what it speaks of, where that is known. */
  readonly subjects: readonly string[];
}

/** A word, or the beginning of one. */
interface Pattern {
  readonly text: string;
  readonly open: boolean;
}

/** Words that mean something only together. */
interface Phrase {
  readonly rest: readonly Pattern[];
  /** Null for a thing ("washing machine"). */
  readonly subject: string | null;
}

interface Entry {
  readonly subjects: Set<string>;
  kind: UnitKind;
}

const exact = new Map<string, Entry>();
const beginnings = new Map<string, Entry>();
const phrasesByWord = new Map<string, Phrase[]>();
const phrasesByBeginning = new Map<string, Phrase[]>();
const around = new Set<string>();
const termsOf = new Map<string, Set<string>>();
const kin = new Map<string, ReadonlySet<string>>();
const inUnion = new Set<string>();
const none: ReadonlySet<string> = new Set();
const english = new Set(wordsOf(smallTalkEnglish));
const turkish = new Set(wordsOf(smallTalkTurkish));
const talk: ReadonlySet<string> = new Set([...english, ...turkish]);
/** By what is left of a known word without one of its letters, so that a slip of the keyboard is met. */
const slips = new Map<string, Set<string>>();
const turkishEnding =
  /(?:iyor|uyor|mus|mis|siniz|sunuz|iniz|unuz|lar|ler|mek|mak|bilir|miyim|musunuz|misiniz)(?:um|sun|uz|sunuz|lar|im)?$/u;

const shortestSlip = 6;
const longestBeginning = 9;

const patternOf = (text: string): Pattern => ({ text: text.replace('*', ''), open: text.endsWith('*') });
const partsOf = (list: string): string[] => list.split(/\s+/u).filter((part) => part !== '');

for (const line of subjects.trim().split('\n')) enterSubject(line.split('|').map((part) => part.trim()));
for (const written of partsOf(wares)) {
  const [first = patternOf(''), ...rest] = written.split('+').map(patternOf);
  if (rest.length > 0) enterPhrase(first, { rest, subject: null });
  else enter(first, 'ware', null);
}
for (const written of partsOf(places)) {
  inUnion.add(patternOf(written).text);
  enter(patternOf(written), 'place', null);
}
for (const written of partsOf(abroadPlaces)) enter(patternOf(written), 'place', null);
for (const line of neighbours.trim().split('\n')) {
  const [asked = '', said = ''] = line.split(': ');
  kin.set(asked, new Set(said.split(' ')));
}

function enterSubject([head = '', ...columns]: readonly string[]): void {
  const name = head.replace('~', '');
  if (head.endsWith('~')) around.add(name);
  const terms = new Set<string>();
  termsOf.set(name, terms);
  for (const [index, column] of columns.entries())
    for (const written of partsOf(column)) {
      const [first = patternOf(''), ...rest] = written.split('+').map(patternOf);
      terms.add(rest.length === 0 ? termOf(first) : `(${[first, ...rest].map(termOf).join('&')})`);
      if (rest.length > 0) {
        enterPhrase(first, { rest, subject: name });
        continue;
      }
      enter(first, around.has(name) ? 'around' : 'subject', name);
      (index === 0 ? english : turkish).add(first.text);
      if (first.text.length >= shortestSlip)
        for (const slip of [first.text, ...without(first.text)])
          slips.set(slip, (slips.get(slip) ?? new Set<string>()).add(written));
    }
}

function enter(pattern: Pattern, kind: UnitKind, subject: string | null): void {
  const map = pattern.open ? beginnings : exact;
  const entry = map.get(pattern.text) ?? { subjects: new Set<string>(), kind };
  if (subject !== null) entry.subjects.add(subject);
  if (kind === 'subject') entry.kind = kind;
  map.set(pattern.text, entry);
}

function enterPhrase(first: Pattern, phrase: Phrase): void {
  const map = first.open ? phrasesByBeginning : phrasesByWord;
  map.set(first.text, [...(map.get(first.text) ?? []), phrase]);
}

function termOf({ text, open }: Pattern): string {
  return open ? `${text}:*` : text;
}

/** What a passage may speak of instead, where this is asked. */
export function neighboursOf(subject: string): ReadonlySet<string> {
  return kin.get(subject) ?? none;
}

/** The words that a subject is known by, as terms of a text query. */
export function termsFor(subject: string): ReadonlySet<string> {
  return termsOf.get(subject) ?? none;
}

/** Whether a place lies in the European Union, which a business names instead of it. */
export function isInUnion(word: string): boolean {
  return beginningsOf(word, 3).some((beginning) => inUnion.has(beginning));
}

/** The words of that union. */
export const unionWords: readonly string[] = wordsOf(union);

interface KnownWord {
  /** What it means by itself. */
  readonly unit: Unit | null;
  /** What it may begin. */
  readonly phrases: readonly Phrase[];
  /** Above 0 for an English word, below for a Turkish one. */
  readonly tongue: number;
}

// A language has few words, and most are met again and again.
const mostKnown = 20_000;
const known = new Map<string, KnownWord>();

function lookUp(word: string): KnownWord {
  const before = known.get(word);
  if (before !== undefined) return before;
  const phrases = [
    ...(phrasesByWord.get(word) ?? []),
    ...beginningsOf(word, 2).flatMap((beginning) => phrasesByBeginning.get(beginning) ?? []),
  ];
  const tongue = Number(isOf(english, word)) - Number(isOf(turkish, word)) - Number(turkishEnding.test(word));
  const found = { unit: unitOf(word), phrases, tongue };
  if (known.size >= mostKnown) known.clear();
  known.set(word, found);
  return found;
}

function unitOf(word: string): Unit | null {
  const entry = entryOf(word);
  const stem = stemOf(word);
  if (entry !== null) return { kind: entry.kind, word, stem, subjects: [...entry.subjects] };
  const number = /^\p{N}+$/u.test(word);
  if (isEmpty(word) || (word.length < 2 && !number)) return null;
  const light = isWeak(word) || talk.has(word);
  return { kind: number ? 'number' : light ? 'weak' : 'word', word, stem, subjects: [] };
}

function entryOf(word: string): Entry | null {
  const entry = entryAsWritten(word);
  if (entry !== null) return entry;
  // Turkish narrows the vowel before this ending: "kirala", "kiralıyor".
  const narrowed = /^(\p{L}{2,})[iu]yor/u.exec(word)?.[1];
  return narrowed === undefined ? null : (entryAsWritten(`${narrowed}a`) ?? entryAsWritten(`${narrowed}e`));
}

function entryAsWritten(word: string): Entry | null {
  const longest = beginningsOf(word, 2).findLast((beginning) => beginnings.has(beginning));
  return exact.get(word) ?? (longest === undefined ? null : (beginnings.get(longest) ?? null));
}

function beginningsOf(word: string, shortest: number): string[] {
  return Array.from({ length: Math.max(0, word.length - shortest + 1) }, (_, more) => word.slice(0, shortest + more));
}

/** The folded words of a text, a percent sign as a word. */
export function saidWords(text: string): string[] {
  return wordsOf(text.replaceAll('%', ' percent '));
}

/** What folded words stand for, in their order. */
export function unitsIn(words: readonly string[]): Unit[] {
  const taken = new Set<number>();
  const units: Unit[] = [];
  for (const [index, word] of words.entries()) {
    if (taken.has(index)) continue;
    const { unit, phrases } = lookUp(word);
    const met = phrases.length === 0 ? null : longestOf(phrases, words, index, taken);
    if (met === null) {
      if (unit !== null) units.push(unit);
      continue;
    }
    for (const place of met.places) taken.add(place);
    const { subject } = met.phrase;
    const kind = subject === null ? 'ware' : around.has(subject) ? 'around' : 'subject';
    units.push({ kind, word, stem: stemOf(word), subjects: subject === null ? [] : [subject] });
  }
  return units;
}

/** How far apart the words of one phrase may stand: "send it straight back". */
const reach = 4;

interface MetPhrase {
  readonly phrase: Phrase;
  readonly places: readonly number[];
}

function longestOf(
  phrases: readonly Phrase[],
  words: readonly string[],
  index: number,
  taken: ReadonlySet<number>,
): MetPhrase | null {
  let best: MetPhrase | null = null;
  for (const phrase of phrases) {
    const places = placesOf(phrase, words, index, taken);
    if (places === null) continue;
    const longer = places.length - (best?.places.length ?? 0);
    if (longer > 0 || (longer === 0 && (places.at(-1) ?? 0) < (best?.places.at(-1) ?? 0))) best = { phrase, places };
  }
  return best;
}

function placesOf(
  { rest }: Phrase,
  words: readonly string[],
  index: number,
  taken: ReadonlySet<number>,
): number[] | null {
  const places = [index];
  for (const { text, open } of rest) {
    const from = (places.at(-1) ?? index) + 1;
    const gap = words
      .slice(from, from + reach)
      .findIndex((word, step) => !taken.has(from + step) && (open ? word.startsWith(text) : word === text));
    if (gap < 0) return null;
    places.push(from + gap);
  }
  return places;
}

/** The subjects of a word that is written with one slip of the keyboard ("warrenty"); none for what is too short to tell. */
export function subjectsOfSlip(word: string): string[] {
  if (word.length < shortestSlip || word.length > 24 || /\p{N}/u.test(word)) return [];
  const parts = beginningsOf(word, shortestSlip).filter((part) => part.length <= longestBeginning || part === word);
  const meant = parts.flatMap((part) =>
    [part, ...without(part)]
      .flatMap((slip) => [...(slips.get(slip) ?? [])])
      .map(patternOf)
      // A whole word is compared with the whole word, a beginning with a beginning about as long.
      .filter(
        ({ text, open }) => (open || part === word) && Math.abs(text.length - part.length) <= 1 && text[0] === word[0],
      ),
  );
  return [...new Set(meant.flatMap(({ text, open }) => [...((open ? beginnings : exact).get(text)?.subjects ?? [])]))];
}

/** The word with each of its letters but the first left out in turn. */
function without(word: string): string[] {
  return Array.from({ length: word.length - 1 }, (_, index) => word.slice(0, index + 1) + word.slice(index + 2));
}

/** Which of English and Turkish the known words of a text are of; null where they do not say it clearly enough. */
export function spokenIn(text: string, least: number): 'EN' | 'TR' | null {
  const balance = wordsOf(text).reduce((sum, word) => sum + lookUp(word).tongue, 0);
  return balance > least ? 'EN' : balance < -least ? 'TR' : null;
}

function isOf(list: ReadonlySet<string>, word: string): boolean {
  if (list.has(word)) return true;
  if (exact.has(word) || talk.has(word)) return false;
  return beginningsOf(word, 3).some((beginning) => beginnings.has(beginning) && list.has(beginning));
}
