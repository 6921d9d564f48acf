import { isInUnion, neighboursOf, type Unit, saidWords, unionWords, unitsIn } from './read-words.js';

const shortestStem = 4;

/** The words of a text, or of a part of one, made ready to be looked up many times. */
export class SaidWords {
  private constructor(
    private readonly subjects: ReadonlySet<string>,
    private readonly words: ReadonlySet<string>,
  ) {}

  static of(...texts: readonly string[]): SaidWords {
    const parts = texts.map(saidWords);
    const subjects = parts.flatMap((words) => unitsIn(words).flatMap((unit) => unit.subjects));
    const words = new Set(parts.flat());
    return new SaidWords(new Set(subjects), words);
  }

  static joining(parts: readonly SaidWords[]): SaidWords {
    const all = (list: (part: SaidWords) => ReadonlySet<string>): ReadonlySet<string> =>
      new Set(parts.flatMap((part) => [...list(part)]));
    return new SaidWords(
      all((part) => part.subjects),
      all((part) => part.words),
    );
  }

  /** 1 where it speaks of this, less for another form of the word, `akin` where it speaks of what lies close; 0 for none. */
  match(unit: Unit, akin: number): number {
    if (unit.subjects.some((subject) => this.subjects.has(subject))) return 1;
    const near = unit.subjects.some((subject) => [...neighboursOf(subject)].some((other) => this.subjects.has(other)));
    const likeness = unit.kind === 'subject' ? 0 : this.likeness(unit);
    if (unit.kind === 'place' && likeness === 0) return this.placeAround(unit, akin);
    if (unit.kind === 'ware' && anyWare.some((word) => this.words.has(word))) return Math.max(asAnyWare, likeness);
    return Math.max(near ? akin : 0, likeness);
  }

  /** The union that a country is in, or countries abroad. */
  private placeAround({ word }: Unit, akin: number): number {
    if (isInUnion(word) && unionWords.some((one) => this.likeness({ word: one, stem: one }) > 0)) return withinUnion;
    return this.subjects.has('ABROAD') ? akin : 0;
  }

  private likeness({ word, stem }: Pick<Unit, 'word' | 'stem'>): number {
    if (this.words.has(word)) return 1;
    if (/\p{N}/u.test(word)) return 0;
    if (stem.length >= shortestStem && this.hasForm(stem)) return asForm;
    // Here stands the shorter form: "fatura" for "faturam".
    for (let end = Math.max(shortestStem, stem.length - 1); end < word.length; end += 1)
      if (this.words.has(word.slice(0, end))) return asShorter;
    return 0;
  }

  // A text has few words: to walk them is cheaper than to keep all their beginnings.
  private hasForm(stem: string): boolean {
    const [soft] = softened(stem);
    for (const word of this.words)
      if (word.startsWith(stem) || (soft !== undefined && word.startsWith(soft))) return true;
    return false;
  }
}

const asForm = 0.95;
const asShorter = 0.9;
const withinUnion = 0.9;
/** "Devices can be returned" is said of the phone too. */
const asAnyWare = 0.5;
const anyWare =
  'product products item items article articles device devices goods urun urunu urunler urunleri cihaz cihazim cihazi esya'.split(
    ' ',
  );

const pairs: Readonly<Record<string, string>> = { b: 'p', p: 'b', g: 'k', k: 'g', d: 't', t: 'd' };

/** Turkish softens the end of a word before a vowel: "kitap", "kitabı". */
export function softened(stem: string): string[] {
  const other = pairs[stem.at(-1) ?? ''];
  return other === undefined || stem.length < shortestStem ? [] : [stem.slice(0, -1) + other];
}
