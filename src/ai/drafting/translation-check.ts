import { fillIn } from '../../platform/errors/index.js';
import { DraftLanguage } from '../enums.js';
import { foldText, stemOf } from '../knowledge/fold-text.js';
import { sentencesOf } from '../knowledge/split-text.js';
import { type Language, languageOf, languages, promises, tokensOf } from '../languages.js';
import { placesAndDates, quantitiesOf, sameQuantities } from './measures-abroad.js';
import { marksIn } from './hidden-details.js';
import { changeProblems } from './run-words.js';
import { addressesOf, denies, namesOf, narrows, turningWords } from './sentence-facts.js';

/** What came of holding a translation against what it translates. */
export interface CheckedTranslation {
  /** Its sentences up to the first that cannot stand. */
  readonly sentences: readonly string[];
  /** Why it may not be shown as a whole; null where it may. */
  readonly problem: string | null;
}

// Languages differ in length, but no honest sentence grows by a whole clause.
const longest = (original: string): number => original.length * 2.2 + 24;

/**
 * Holds each sentence of a translation against the sentence that it translates. Words cannot be compared across languages;
 * what turns one fact into another can: numbers with what they count, links, dates, countries, names, denials, conditions
 * and promises. What the check cannot follow is refused.
 */
export function checkTranslation(original: string, translation: string, into: Language): CheckedTranslation {
  const from = sentencesOf(original);
  const to = sentencesOf(translation);
  const spoken = languageOf(original);
  const sentences: string[] = [];
  const whole = to.join(' ');
  const written = languageOf(whole);
  if (whole !== '' && !isWrittenIn(whole, written, into))
    return { sentences, problem: fillIn(changeProblems.OTHER_LANGUAGE, { language: into.name }) };
  for (const [index, sentence] of to.entries()) {
    const meant = from[index];
    if (meant === undefined) return { sentences, problem: changeProblems.SAYS_MORE };
    const problem = difference(meant, sentence, spoken, into);
    if (problem !== null) return { sentences, problem };
    sentences.push(sentence);
  }
  return { sentences, problem: to.length < from.length ? changeProblems.LEAVES_OUT : null };
}

function isWrittenIn(text: string, written: Language | null, into: Language): boolean {
  if (written !== null) return written.code === into.code;
  // A short text has none of the words that tell a language; its letters still do.
  return into.code !== DraftLanguage.AR && into.code !== DraftLanguage.RU && /\p{Script=Latin}/u.test(text);
}

/** What a sentence of a translation changes of what it translates; null where nothing can be found. */
function difference(original: string, translation: string, spoken: Language | null, into: Language): string | null {
  const from = spoken === null ? [...languages.values()] : [spoken];
  if (translation.length > longest(original)) return changeProblems.SAYS_MORE;
  if (!sameSet(addressesOf(original), addressesOf(translation))) return changeProblems.CHANGES_LINK;
  if (!sameSet(marksIn(original), marksIn(translation))) return changeProblems.CHANGES_NAME;
  if (!sameQuantities(quantitiesOf(original, from), quantitiesOf(translation, [into])))
    return changeProblems.CHANGES_NUMBER;
  const named = placesAndDates(original, from);
  const renamed = placesAndDates(translation, [into]);
  if (!sameSet([...named.keys()], [...renamed.keys()])) return changeProblems.CHANGES_DATE;
  if (!keepsNames(original, translation, [...named.values(), ...renamed.values()], spoken, into))
    return changeProblems.CHANGES_NAME;
  const said = (list: (language: Language) => (text: string) => boolean): boolean =>
    from.some((language) => list(language)(original));
  const denied = said(({ denies: list }) => list) || (isEnglishOrTurkish(spoken) && denies(original));
  if (denied !== (into.denies(translation) || (isEnglishOrTurkish(into) && denies(translation))))
    return changeProblems.DENIES;
  const limited = said(({ narrows: list }) => list) || (isEnglishOrTurkish(spoken) && narrows(original));
  if (limited && !(into.narrows(translation) || narrows(translation))) return changeProblems.LOSES_CONDITION;
  for (const promise of promises) {
    if (into.promises[promise](translation) && !said(({ promises: lists }) => lists[promise]))
      return changeProblems.PROMISES;
  }
  // Between the two languages whose words are known by their meaning, no other meaning may come in.
  if (isEnglishOrTurkish(spoken) && isEnglishOrTurkish(into)) {
    const meant = turningWords(original);
    if (![...turningWords(translation)].every((meaning) => meant.has(meaning))) return changeProblems.SAYS_OTHER;
  }
  return null;
}

function isEnglishOrTurkish(language: Language | null): boolean {
  return language?.code === DraftLanguage.EN || language?.code === DraftLanguage.TR;
}

/** Names stay as they stand, save those of countries, days and months, which each language has its own for. */
function keepsNames(
  original: string,
  translation: string,
  translated: readonly string[],
  spoken: Language | null,
  into: Language,
): boolean {
  const known = [...translated.flatMap(tokensOf), ...currencies];
  const free = new Set(known.flatMap((word) => [rootOf(word), rootOf(stemOf(word))]));
  // Every noun of German is written as a name.
  const names = (text: string, language: Language | null): string[] =>
    language?.code === DraftLanguage.DE ? [] : namesOf(text).filter((name) => !free.has(rootOf(name)));
  const holds = (words: readonly string[], name: string): boolean =>
    words.some((word) => rootOf(word) === rootOf(name) || word.startsWith(name) || name.startsWith(word));
  const long = (text: string): string[] => tokensOf(text).filter((word) => word.length > 2);
  return (
    names(original, spoken).every((name) => holds(long(translation), name)) &&
    names(translation, into).every((name) => holds(long(original), name))
  );
}

const currencies = ['eur', 'euro', 'euros', 'usd', 'tl', 'try', 'gbp', 'lira', 'dollar', 'dollars'];

function rootOf(word: string): string {
  return foldText(word).slice(0, 5);
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  const a = new Set(one);
  const b = new Set(other);
  return a.size === b.size && [...a].every((value) => b.has(value));
}
