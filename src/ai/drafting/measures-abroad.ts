import { DraftLanguage } from '../enums.js';
import { foldText } from '../knowledge/fold-text.js';
import { type Language, languages, tokensOf } from '../languages.js';
import { type StatedNumber, numbersOf } from './stated-numbers.js';

const unitsByName = {
  minute: 'minute',
  hour: 'hour',
  day: 'day',
  week: 'week',
  month: 'month',
  year: 'year',
  kilogram: 'kg',
  gram: 'gram',
  kilometer: 'km',
  centimeter: 'cm',
  meter: 'm',
  percent: '%',
} as const;
const currencies: readonly (readonly [string, string])[] = [
  ['eur', 'euro eur avro евро يورو'],
  ['usd', 'dollar dolar dólar dollaro доллар دولار'],
  ['try', 'lira lire liras лир ليرة tl'],
  ['gbp', 'pound pfund libra livre sterlin sterlina фунт جنيه'],
];

/** Names of units in a language, folded, as its grammar writes them beside numbers. */
function namesOfUnits(code: DraftLanguage): readonly (readonly [name: string, unit: string])[] {
  const names = Object.entries(unitsByName).flatMap(([unit, known]) => {
    const format = new Intl.NumberFormat(code, { style: 'unit', unit, unitDisplay: 'long' });
    return [1, 2, 3, 5, 11, 100].flatMap((value) =>
      format
        .formatToParts(value)
        .filter(({ type }) => type === 'unit' || type === 'percentSign')
        .flatMap((part) => tokensOf(part.value).map((token): [string, string] => [token, known])),
    );
  });
  const money = currencies.flatMap(([unit, words]) =>
    words.split(' ').map((word): [string, string] => [foldText(word), unit]),
  );
  return [...new Map([...names, ...money])].sort(([a], [b]) => b.length - a.length);
}

const units = new Map([...languages.keys()].map((code) => [code, namesOfUnits(code)]));

/** Digits of every script as those that numbers are read by. */
export function plainDigits(text: string): string {
  return text
    .replace(/[٠-٩]/gu, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[۰-۹]/gu, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replaceAll('٫', '.')
    .replaceAll('٬', ',');
}

/** The numbers of a sentence with what they count, in one of some languages. */
export function quantitiesOf(sentence: string, spoken: readonly Language[]): StatedNumber[] {
  const text = plainDigits(sentence);
  const folded = foldText(text);
  return numbersOf(text).map((number) => {
    const after = tokensOf(folded.slice(number.at).replace(/^(?:\p{N}+(?:[.,:]\p{N}+)*|\p{L}+)/u, '')).slice(0, 3);
    const before = tokensOf(folded.slice(0, number.at)).slice(-1);
    const near = [...after.slice(0, 2), ...before];
    const unit = number.unit ?? near.map((token) => unitOf(token, spoken)).find((found) => found !== null) ?? null;
    const worked = unit === 'day' && spoken.some(({ working }) => working(after.join(' ')));
    return { ...number, unit: worked ? 'workday' : unit };
  });
}

function unitOf(token: string, spoken: readonly Language[]): string | null {
  for (const { code } of spoken) {
    for (const [name, unit] of units.get(code) ?? []) {
      const ending = token.length - name.length;
      // "Tagen" of "Tag", "Werktage" of "Tage": the name with an ending, or as the end of a longer word.
      const begins = name.length >= 3 && ending <= 3 && token.startsWith(name);
      if (token === name || begins || (name.length >= 4 && token.endsWith(name))) return unit;
    }
  }
  return null;
}

/** Whether two lists state the same numbers of the same things, in whatever order. */
export function sameQuantities(one: readonly StatedNumber[], other: readonly StatedNumber[]): boolean {
  if (one.length !== other.length) return false;
  const left = [...other];
  return one.every((number) => {
    const at = left.findIndex((candidate) => isSame(number, candidate));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

function isSame(one: StatedNumber, other: StatedNumber): boolean {
  if (!one.values.some((value) => other.values.includes(value))) return false;
  // "18:00" is "18" where the language says "o'clock" in a word of its own.
  const kind = ({ unit }: StatedNumber): string | null => (unit === 'time' || unit === 'hour' ? 'clock' : unit);
  return (
    one.unit === other.unit ||
    (one.unit === 'time' ? other.unit === null || kind(other) === 'clock' : false) ||
    (other.unit === 'time' && one.unit === null)
  );
}

type Named = readonly (readonly [name: string, what: string])[];

/** Weekdays and months in a language, folded. */
function namesOfDates(code: DraftLanguage): Named {
  const at = (day: number, month: number): Date => new Date(Date.UTC(2024, month, day, 12));
  const weekday = new Intl.DateTimeFormat(code, { weekday: 'long', timeZone: 'UTC' });
  const month = new Intl.DateTimeFormat(code, { month: 'long', timeZone: 'UTC' });
  const inDate = new Intl.DateTimeFormat(code, { day: 'numeric', month: 'long', timeZone: 'UTC' });
  const days = Array.from({ length: 7 }, (_, day): [string, string] => [
    weekday.format(at(1 + day, 0)),
    `weekday ${String(day)}`,
  ]);
  const months = Array.from({ length: 12 }, (_, index): [string, string][] => [
    [month.format(at(1, index)), `month ${String(index)}`],
    [inDate.formatToParts(at(1, index)).find(({ type }) => type === 'month')?.value ?? '', `month ${String(index)}`],
  ]).flat();
  return [...days, ...months]
    .map(([name, what]): [string, string] => [tokensOf(name).join(' '), what])
    .filter(([name]) => name.length > 2 && !(code === DraftLanguage.EN && name === 'may'))
    .sort(([a], [b]) => b.length - a.length);
}

/** Countries in a language, as it writes them. */
function namesOfCountries(code: DraftLanguage): Named {
  const names = new Intl.DisplayNames(code, { type: 'region', fallback: 'none' });
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  const found = letters.flatMap((one) =>
    letters.flatMap((two): [string, string][] => {
      const name = names.of(`${one}${two}`);
      return name === undefined ? [] : [[tokensOf(name).join(' '), `country ${one}${two}`]];
    }),
  );
  const more: [string, string][] =
    code === DraftLanguage.EN
      ? [
          ['turkey', 'country TR'],
          ['uk', 'country GB'],
          ['usa', 'country US'],
        ]
      : [];
  return [...found, ...more].filter(([name]) => name.length > 1).sort(([a], [b]) => b.length - a.length);
}

const dates = new Map([...languages.keys()].map((code) => [code, namesOfDates(code)]));
const countries = new Map<DraftLanguage, Named>();

/** Weekdays, months and countries that a sentence names, and the words that name them. */
export function placesAndDates(sentence: string, spoken: readonly Language[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { code } of spoken) {
    const known = countries.get(code) ?? namesOfCountries(code);
    countries.set(code, known);
    const cased = code !== DraftLanguage.AR;
    const capital = tokensOf(sentence.match(/\p{Lu}[\p{L}\p{M}]*(?:['’]\p{L}+)?/gu)?.join(' ') ?? '');
    const all = tokensOf(sentence);
    for (const [names, among] of [
      [dates.get(code) ?? [], all],
      [known, cased ? capital : all],
    ] as const) {
      let text = ` ${among.join(' ')} `;
      for (const [name, what] of names) {
        const ending = name.length < 5 ? '' : '\\p{L}{0,3}';
        const stem = name.length >= 6 ? name.slice(0, -1) : name;
        if (!text.includes(stem)) continue;
        const match = new RegExp(
          ` (?:${code === DraftLanguage.AR ? '[وفبلك]?(?:ال)?' : ''})${stem}${ending} `,
          'u',
        ).exec(text);
        if (match === null) continue;
        found.set(what, match[0].trim());
        text = text.replace(match[0], ' · ');
      }
    }
  }
  return found;
}
