import { foldText, wordsOf } from '../knowledge/fold-text.js';

/** A number as a sentence states it, in every way in which it may be read. */
export interface StatedNumber {
  readonly values: readonly string[];
  /** `day`, `eur`, `%`, `time`, ...; null where it stands alone. */
  readonly unit: string | null;
  /** Where it stands in the folded sentence. */
  readonly at: number;
}

const units: readonly (readonly [string, RegExp])[] = [
  ['%', /^\s?(?:%|percent\b|per cent\b|yuzde\b)/],
  ['eur', /^\s?(?:€|eur(?:os?)?\b|avro\b)/],
  ['usd', /^\s?(?:\$|usd\b|dollars?\b|dolar)/],
  ['try', /^\s?(?:₺|tl\b|try\b|lira)/],
  ['gbp', /^\s?(?:£|gbp\b|pounds?\b|sterlin)/],
  ['pm', /^\s?p\.?m\b/],
  ['am', /^\s?a\.?m\b/],
  ['minute', /^[\s-]?(?:minutes?\b|mins?\b|dakika|dk\b)/],
  ['hour', /^[\s-]?(?:hours?\b|hrs?\b|saat)/],
  ['workday', /^[\s-]?(?:(?:business|working|work)[\s-]?days?\b|is gun)/],
  ['day', /^[\s-]?(?:(?:calendar )?days?\b|gun)/],
  ['week', /^[\s-]?(?:weeks?\b|hafta)/],
  ['month', /^[\s-]?(?:months?\b|ay\b|ayda|aylik|ay[ai]\b)/],
  ['year', /^[\s-]?(?:years?\b|yil|sene)/],
  ['kg', /^\s?(?:kg\b|kilos?\b|kilogram)/],
  ['gram', /^\s?(?:g\b|gr\b|grams?\b)/],
  ['km', /^\s?(?:km\b|kilomet)/],
  ['cm', /^\s?(?:cm\b|centimet|santim)/],
  ['m', /^\s?(?:m\b|met(?:er|re))/],
  ['piece', /^\s?(?:pieces?\b|adet|items?\b|parca)/],
];
const unitsBefore: readonly (readonly [string, RegExp])[] = [
  ['eur', /(?:€|\beur)\s?$/],
  ['usd', /(?:\$|\busd)\s?$/],
  ['try', /(?:₺|\btry|\btl)\s?$/],
  ['gbp', /(?:£|\bgbp)\s?$/],
  ['%', /(?:%|\byuzde)\s?$/],
];

const numerals = [
  ['zero', 'sifir'],
  ['one', 'bir'],
  ['two', 'iki'],
  ['three', 'uc'],
  ['four', 'dort'],
  ['five', 'bes'],
  ['six', 'alti'],
  ['seven', 'yedi'],
  ['eight', 'sekiz'],
  ['nine', 'dokuz'],
  ['ten', 'on'],
  ['eleven', 'onbir'],
  ['twelve', 'oniki'],
];
const tens = [
  ['twenty', 'yirmi', '20'],
  ['thirty', 'otuz', '30'],
  ['forty', 'kirk', '40'],
  ['fifty', 'elli', '50'],
  ['sixty', 'altmis', '60'],
  ['ninety', 'doksan', '90'],
  ['hundred', 'yuz', '100'],
  ['fourteen', 'ondort', '14'],
  ['fifteen', 'onbes', '15'],
];
// "one" and "bir" are articles and pronouns as often as numbers, "on" is an English preposition, "alti" and "yuz" are Turkish words of other meaning.
const ambiguous = new Set(['one', 'bir', 'on', 'alti', 'yuz', 'kirk']);
const numeralOf = new Map<string, string>([
  ...numerals.flatMap((names, value) => names.map((name): [string, string] => [name, String(value)])),
  ...tens.flatMap(([english, turkish, value]): [string, string][] => [
    [english ?? '', value ?? ''],
    [turkish ?? '', value ?? ''],
  ]),
]);

const unitWords = new Set(
  wordsOf(`percent euro euros eur avro usd dollar dollars dolar tl try lira gbp pound pounds am pm minute minutes dakika hour hours saat saate saatte business working day days gun gunde gundur
    week weeks hafta haftadir month months ay aylik year years yil yildir kg km cm piece pieces adet`),
);

/** Whether a folded word is a number in letters, or what is counted: `numbersOf` and `turningWords` compare these. */
export function isMeasure(word: string): boolean {
  return unitWords.has(word) || (numeralOf.has(word) && !ambiguous.has(word)) || word === 'one' || word === 'bir';
}

/** The numbers of a text with their units, in order. */
export function numbersOf(text: string): StatedNumber[] {
  const folded = foldText(text);
  const found: StatedNumber[] = [];
  for (const match of folded.matchAll(/\p{N}+(?:[.,:]\p{N}+)*|\p{L}+/gu)) {
    const word = match[0];
    const after = folded.slice(match.index + word.length);
    const before = folded.slice(0, match.index);
    const unit =
      units.find(([, pattern]) => pattern.test(after))?.[0] ??
      unitsBefore.find(([, pattern]) => pattern.test(before))?.[0] ??
      null;
    if (/\p{N}/u.test(word))
      found.push({
        values: valuesOf(word, unit),
        unit: unit === 'am' || unit === 'pm' || word.includes(':') ? 'time' : unit,
        at: match.index,
      });
    else {
      const value = numeralOf.get(word);
      if (value !== undefined && (!ambiguous.has(word) || unit !== null))
        found.push({ values: [value], unit, at: match.index });
    }
  }
  return found;
}

function valuesOf(digits: string, unit: string | null): string[] {
  const values = new Set<string>();
  const clock = /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(digits);
  if (clock !== null) {
    const shifted =
      unit === 'pm' && Number(clock[1]) < 12
        ? Number(clock[1]) + 12
        : unit === 'am' && Number(clock[1]) === 12
          ? 0
          : Number(clock[1]);
    if (unit === 'am' || unit === 'pm' || digits.includes(':')) {
      values.add(Number(clock[2] ?? 0) === 0 ? String(shifted) : `${String(shifted)}:${clock[2] ?? ''}`);
      return [...values];
    }
    if (clock[2] !== undefined && Number(clock[1]) < 24 && Number(clock[2]) < 60)
      values.add(Number(clock[2]) === 0 ? String(shifted) : `${String(shifted)}:${clock[2]}`);
  }
  const separators = digits.match(/[.,]/g) ?? [];
  const last = digits.search(/[.,]\d+$/);
  const thousands = separators.length > 0 && /^\d{1,3}([.,]\d{3})+$/.test(digits) && new Set(separators).size === 1;
  if (thousands) values.add(String(Number(digits.replace(/[.,]/g, ''))));
  else if (last >= 0)
    values.add(String(Number(`${digits.slice(0, last).replace(/[.,]/g, '')}.${digits.slice(last + 1)}`)));
  else values.add(digits.replace(/^0+(?=\d)/, ''));
  return [...values];
}

/** Whether two numbers may be one: a shared reading, and no two different units. */
export function sameNumber(one: StatedNumber, other: StatedNumber): boolean {
  if (one.unit !== null && other.unit !== null && one.unit !== other.unit) return false;
  return one.values.some((value) => other.values.includes(value));
}
