import type { Asked } from './read-question.js';
import { type Unit, isInUnion, neighboursOf, subjectsOfSlip, termsFor, unionWords } from './read-words.js';
import { softened } from './said-words.js';

const mostGroups = 20;
const shortestStem = 4;
const longestStem = 5;

/**
 * What `search_passages` looks for: groups of terms that mean the same, parted by semicolons, each of them a text query.
 * Every term is made of letters and digits alone, so nothing that is asked becomes an operator. Null: nothing to look for.
 */
export function queryFor(asked: readonly Asked[]): string | null {
  const units = asked
    .flatMap((one) => one.units)
    .filter(({ unit }) => unit.kind !== 'weak' && unit.kind !== 'number')
    .sort((a, b) => b.weight - a.weight);
  const groups = new Set(units.flatMap(({ unit }) => groupsOf(unit)).map((terms) => [...terms].join(' | ')));
  return groups.size === 0 ? null : [...groups].slice(0, mostGroups).join(' ; ');
}

function groupsOf(unit: Unit): ReadonlySet<string>[] {
  const subjects = unit.kind === 'word' ? subjectsOfSlip(unit.word) : unit.subjects;
  const own = new Set([...formsOf(unit), ...subjects.flatMap((subject) => [...termsFor(subject)])]);
  if (unit.kind === 'place') {
    for (const term of [...termsFor('ABROAD'), ...(isInUnion(unit.word) ? unionWords : [])]) own.add(term);
  }
  const akin = new Set(
    subjects.flatMap((subject) => [...neighboursOf(subject)]).flatMap((other) => [...termsFor(other)]),
  );
  return akin.size === 0 ? [own] : [own, akin];
}

/** The word in any of its forms: by the beginning that they have in common. */
function formsOf({ word, stem }: Unit): string[] {
  if (stem.length < shortestStem || /\p{N}/u.test(stem)) return [...new Set([word, stem])];
  const begin = [stem, ...softened(stem)].map((form) => `${form.slice(0, longestStem)}:*`);
  return [...new Set(word.startsWith(stem.slice(0, longestStem)) ? begin : [word, ...begin])];
}
