import { foldText } from './fold-text.js';
import { type Measure, measuresAnnounced, measuresGiven } from './measures.js';
import { type Asked, type AskedUnit, isTelling, weightOf } from './read-question.js';
import { type Unit, neighboursOf, saidWords, subjectsOfSlip, unitsIn } from './read-words.js';
import { SaidWords } from './said-words.js';
import { sentencesOf } from './split-text.js';

/** The parts of a passage that a question is held against. */
export interface PassageTexts {
  readonly title: string;
  readonly heading: string | null;
  readonly question: string | null;
  readonly text: string;
}

/** A part of a question as the passages at hand know it. */
interface KnownUnit extends AskedUnit {
  /** 0..1: the share of the passages that speak of it. */
  readonly commonness: number;
  /** Something that is asked about, of which no passage speaks. */
  readonly missing: boolean;
}

// Found by trial on the questions of the shops in bench/ai (but for the one that is held out).
/** With less a passage is about something else. */
export const leastFit = 0.5;
const inBody = 0.6;
const inSentence = 0.96;
const inContext = 0.4;
const akinInLine = 0.7;
const akinInBody = 0.3;
const precisionPart = 0.25;
const measureBonus = 0.12;
const denialCost = 0.12;
const commonCost = 0.2;
const missingCost = 0.5;
const leastTelling = 0.4;
const akinPrecision = 0.6;
const slipWeight = 0.8;
/** The first word that no passage knows may be what is asked about; the more there are, the more it is a story. */
const unknownWeights = [0.6, 0.3, 0.15];
/** "Do you deliver pizza?" asks about pizza. */
const unknownObject = 0.95;
const fewTelling = 2;
/** What is asked with it weighs less where a passage has nothing of it. */
const whenAbsent: Readonly<Partial<Record<Unit['kind'], number>>> = { ware: 0.5, around: 0.6, weak: 0.4, number: 0.3 };
const denying =
  /\b(?:can'?t|cannot|not|don'?t|won'?t|no|except\p{L}*|exclu\p{L}*|alma(?:diklar|yiz|z)\p{L}*|alinma\p{L}*|olmaz|edilme\p{L}*|edileme\p{L}*|disinda|haric)\b/u;

/** A passage as it is compared; made once for all that is asked. */
export class ComparedPassage {
  /** Its heading, or the question of its pair. */
  private readonly line: SaidWords;
  private readonly lineUnits: readonly Unit[];
  /** What it stands under. */
  private readonly context: SaidWords;
  private readonly sentences: readonly SaidWords[];
  private readonly body: SaidWords;
  private readonly given: ReadonlySet<Measure>;
  private readonly announced: ReadonlySet<Measure>;
  private readonly denies: boolean;

  constructor({ title, heading, question, text }: PassageTexts) {
    const headings = heading?.split(' – ') ?? [];
    const line = question ?? headings.at(-1) ?? '';
    this.line = SaidWords.of(line);
    this.lineUnits = unitsIn(saidWords(line));
    this.context = SaidWords.of(title, ...(question === null ? headings.slice(0, -1) : headings));
    this.sentences = sentencesOf(text).map((sentence) => SaidWords.of(sentence));
    this.body = SaidWords.joining(this.sentences);
    this.given = measuresGiven(text);
    this.announced = measuresAnnounced(line);
    this.denies = denying.test(foldText(line));
  }

  knows(unit: Unit): boolean {
    return this.line.match(unit, 0) > 0 || this.body.match(unit, 0) > 0;
  }

  /** 0..1: how well it answers what is asked. */
  fit({ wants }: Pick<Asked, 'wants'>, known: readonly KnownUnit[]): number {
    const anywhere = known.map(({ unit, commonness }) =>
      Math.max(
        this.line.match(unit, akinInLine),
        inBody * (1 - commonCost * commonness) * this.body.match(unit, akinInBody),
        inContext * this.context.match(unit, 0),
      ),
    );
    const coverage = Math.max(
      coverageOf(known, anywhere),
      ...this.sentences.map((sentence) => coverageOf(known, this.saidAtOnce(sentence, known, anywhere))),
    );
    if (coverage === 0) return 0;
    const precise = 1 - precisionPart + precisionPart * this.precision(known);
    return Math.min(1, coverage * precise + this.bonus(wants) - (this.denies && !this.names(known) ? denialCost : 0));
  }

  /** What one sentence says, its line with it, says more than words that stand far apart. */
  private saidAtOnce(sentence: SaidWords, known: readonly KnownUnit[], anywhere: readonly number[]): number[] {
    const said = known.map(({ unit }) => sentence.match(unit, akinInBody));
    const met = known.filter(
      ({ unit }, index) => isTelling(unit) && Math.max(said[index] ?? 0, this.line.match(unit, akinInLine)) > 0.5,
    );
    const share = met.length > 1 ? inSentence : inBody;
    return said.map((match, index) => Math.max(anywhere[index] ?? 0, share * match));
  }

  /** A section on what is not done answers to those who ask for a thing that it names. */
  private names(known: readonly KnownUnit[]): boolean {
    return known.some(
      ({ unit }) =>
        (unit.kind === 'ware' || unit.kind === 'word' || unit.subjects.includes('HYGIENE')) &&
        this.body.match(unit, 0) > 0,
    );
  }

  /** More for the figure that is asked for, less for a section that is about another one. */
  private bonus(wants: ReadonlySet<Measure>): number {
    if (wants.size === 0) return 0;
    const some = (of: ReadonlySet<Measure>): boolean => [...wants].some((measure) => of.has(measure));
    if (some(this.announced)) return measureBonus;
    if (this.announced.size > 0) return -measureBonus;
    return some(this.given) ? measureBonus / 2 : -measureBonus / 2;
  }

  /** The share of what its own line speaks of that is asked about. */
  private precision(known: readonly KnownUnit[]): number {
    const all = this.lineUnits.reduce((sum, own) => sum + weightOf(own), 0);
    const met = this.lineUnits.reduce(
      (sum, own) => sum + weightOf(own) * Math.max(0, ...known.map(({ unit }) => likeness(own, unit))),
      0,
    );
    return all === 0 ? 0 : met / all;
  }
}

/** The share of a question that is met; 0 where nothing is met that it can be about. */
function coverageOf(known: readonly KnownUnit[], matches: readonly number[]): number {
  let met = 0;
  let all = 0;
  let telling = 0;
  let missed = 0;
  for (const [index, { unit, weight, missing }] of known.entries()) {
    const match = matches[index] ?? 0;
    met += weight * match;
    all += weight * (match > 0 ? 1 : (whenAbsent[unit.kind] ?? 1));
    if (missing && match < 0.5) missed += weight;
    if (isTelling(unit)) telling += weightOf(unit) * match;
  }
  if (telling < leastTelling || all === 0) return 0;
  return (met / all) * (1 - missingCost * Math.min(1, missed / all));
}

function likeness(said: Unit, asked: Unit): number {
  if (said.subjects.some((subject) => asked.subjects.includes(subject)) || said.stem === asked.stem) return 1;
  const near = asked.subjects.some((subject) => said.subjects.some((other) => neighboursOf(subject).has(other)));
  return near ? akinPrecision : 0;
}

/** What of a question the passages know. A word that none knows is read as a slip of the keyboard, or counts for little. */
export function knownUnits({ units, polar }: Asked, passages: readonly ComparedPassage[]): KnownUnit[] {
  let unknown = 0;
  const short = polar && units.filter(({ unit }) => isTelling(unit)).length <= fewTelling;
  return units.map(({ unit, weight }): KnownUnit => {
    const knowing = passages.filter((passage) => passage.knows(unit)).length;
    if (knowing > 0 || unit.kind !== 'word') {
      const missing = knowing === 0 && (unit.kind === 'subject' || unit.kind === 'place');
      return { unit, weight, commonness: knowing / Math.max(1, passages.length), missing };
    }
    const share = weight / weightOf(unit);
    const subjects = subjectsOfSlip(unit.word);
    if (subjects.length > 0)
      return {
        unit: { ...unit, kind: 'subject', subjects },
        weight: share * slipWeight,
        commonness: 0,
        missing: false,
      };
    const light =
      short && unknown === 0 ? unknownObject : (unknownWeights[Math.min(unknown, unknownWeights.length - 1)] ?? 0);
    unknown += 1;
    return { unit, weight: share * light, commonness: 0, missing: false };
  });
}
