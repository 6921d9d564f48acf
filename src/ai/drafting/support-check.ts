import { CutReason } from '../enums.js';
import { sameStem, stemOf, stopWords, wordsOf } from '../knowledge/fold-text.js';
import { sentencesOf } from '../knowledge/split-text.js';
import { marksIn, nameMark } from './hidden-details.js';
import { addressesOf, denies, namesOf, narrows, turningWords } from './sentence-facts.js';
import { isMeasure, numbersOf, sameNumber, type StatedNumber } from './stated-numbers.js';

/** What a passage says, as far as the check needs it. */
export interface Evidence {
  readonly title: string;
  readonly heading: string | null;
  readonly question: string | null;
  readonly text: string;
}

/** What an answer may also say: ids that the customer gave (an order number), and what marks stand for. */
export interface Acquaintance {
  readonly customerWords: string;
  /** Whether a sentence may tell what a mark in it stands for; the customer's name may always be said. */
  readonly mayTell?: (mark: string, sentence: string) => boolean;
  /** Words of tone that it may use freely, as they state nothing. */
  readonly manner?: string;
}

/** One sentence, or one clause of it, of a passage. */
interface Fact {
  readonly text: string;
  /** Its own words, and for an answer those of its question. */
  readonly stems: ReadonlySet<string>;
  /** Those and the words that it leans on: headings, the title, the sentence before. */
  readonly near: ReadonlySet<string>;
  readonly turning: ReadonlySet<number>;
  readonly numbers: readonly StatedNumber[];
  readonly denies: boolean;
  readonly narrows: boolean;
}

// Words that connect a claim and state nothing.
const connecting: ReadonlySet<string> = new Set(
  wordsOf(`we our ours us you your yours they their them it its this that these those here there yes can could may will would shall please also just then so thus
    have has had be is are was were get gets got take takes taken give gives offer offers provide provides make makes let know need want wish like happy glad
    help able possible usually currently generally about around regarding concerning per each any other further following via through during with from
    into onto of for to at by on in as and or but if when while because since which who whom what where how unfortunately however therefore
    order orders item items product products business company shop team customers
    bir bu su o ve veya ya da de ki ile icin gibi olarak olan olur oldugu kadar daha cok en ise her biz siz bize size sizin bizim evet lutfen ayrica yani
    yapiyoruz yapilir yapilmaktadir ediyoruz edilir edilmektedir veriyoruz verilir sunuyoruz sunulur bulunmaktadir vardir mevcuttur var olmaktadir alabilirsiniz yapabilirsiniz
    edebilirsiniz urun urunler siparis siparisiniz siparisler musteri musteriler isletme magazamiz sirketimiz`).map(
    stemOf,
  ),
);
const courtesy: ReadonlySet<string> = new Set(
  wordsOf(`hi hello hey dear good morning afternoon evening thank thanks you for your message question questions writing contacting reaching out us we are is to the a if have any more other
    further please let me know feel free ask glad happy help here sorry about hear that welcome hope this helps best regards kind sincerely team have nice great day anything else i am can with in touch
    merhaba merhabalar selam sayin iyi gunler gunaydin tesekkur tesekkurler ederiz ederim mesajiniz sorunuz icin yazdiginiz memnun oluruz memnuniyetle yardimci olmaktan olabiliriz baska bir sorunuz varsa
    olursa lutfen bize yazin yazabilirsiniz bizimle iletisime gecebilirsiniz uzgunuz saygilarimizla rica her zaman buradayiz`).map(
    stemOf,
  ),
);

const leaning = /^(?:it|they|this|these|that|those|bu|bunlar|o|onlar)\b/i;
// A model that writes more than this in one breath is not answering a customer.
const longestSentence = 600;
const longestAnswer = 8_000;

/** A sentence that was taken out of an answer. */
export interface CutSentence {
  readonly sentence: string;
  readonly why: CutReason;
}

/** What of an answer may be shown, in order, and what was cut. */
export interface CheckedSentences {
  readonly kept: readonly string[];
  readonly cut: readonly CutSentence[];
}

/** The sentences of an answer that its passages support, in order; the rest is cut. */
export function supportedSentences(
  answer: string,
  passages: readonly Evidence[],
  known: Acquaintance,
): readonly string[] {
  return checkSentences(answer, passages, known).kept;
}

/** Holds each sentence of an answer against the passages that it rests on. */
export function checkSentences(answer: string, passages: readonly Evidence[], known: Acquaintance): CheckedSentences {
  const facts = passages.flatMap(factsOf);
  const addresses = new Set(passages.flatMap((passage) => addressesOf(`${passage.question ?? ''} ${passage.text}`)));
  const kept: string[] = [];
  const cut: CutSentence[] = [];
  for (const sentence of sentencesOf(answer.slice(0, longestAnswer))) {
    const why = whyCut(sentence, facts, addresses, known);
    if (why === null) kept.push(sentence);
    else cut.push({ sentence: sentence.slice(0, longestSentence).toWellFormed(), why });
  }
  const rest = answer.slice(longestAnswer).trim();
  if (rest !== '') cut.push({ sentence: rest.slice(0, longestSentence).toWellFormed(), why: CutReason.TOO_LONG });
  // Courtesy alone answers nothing.
  if (kept.some((sentence) => !isCourtesy(sentence, known))) return { kept, cut };
  return { kept: [], cut: [...kept.map((sentence) => ({ sentence, why: CutReason.ONLY_COURTESY })), ...cut] };
}

function whyCut(
  sentence: string,
  facts: readonly Fact[],
  addresses: ReadonlySet<string>,
  known: Acquaintance,
): CutReason | null {
  if (sentence.length > longestSentence) return CutReason.TOO_LONG;
  if (addressesOf(sentence).some((address) => !addresses.has(address))) return CutReason.FOREIGN_LINK;
  return isCourtesy(sentence, known) || isSupported(sentence, facts, known) ? null : CutReason.UNSUPPORTED;
}

/** Whether a sentence greets, thanks or invites, and states nothing. */
export function isCourtesy(sentence: string, { manner }: Acquaintance): boolean {
  const bare = sentence.replaceAll(nameMark, ' ');
  if (numbersOf(bare).length > 0 || addressesOf(bare).length > 0 || marksIn(bare).length > 0) return false;
  const own = freeWords(manner);
  const words = wordsOf(bare);
  return (
    words.length > 0 &&
    sentence.length <= 200 &&
    words.every((word) => courtesy.has(stemOf(word)) || own.has(stemOf(word)))
  );
}

function freeWords(manner = ''): Set<string> {
  return new Set(wordsOf(manner).map(stemOf));
}

/** A sentence without the marks that it may hold; null where it holds another. */
function withoutMarks(sentence: string, { mayTell }: Acquaintance): string | null {
  const details = marksIn(sentence).filter((mark) => mark !== nameMark);
  if (!details.every((mark) => mayTell?.(mark, sentence) === true)) return null;
  return [nameMark, ...details].reduce((left, mark) => left.replaceAll(mark, ' '), sentence);
}

function isSupported(said: string, facts: readonly Fact[], known: Acquaintance): boolean {
  const sentence = withoutMarks(said, known);
  if (sentence === null) return false;
  if (facts.some((fact) => supports(fact, sentence, known))) return true;
  // Two facts in one sentence: each clause has to stand on a fact of its own, read with the sentence's subject.
  const clauses = sentence
    .split(/[,;]\s+(?:(?:and|but|while|ve|ama|ancak)\s+)?|\s+(?:and|but|while|ve|ama|ancak)\s+/u)
    .filter((clause) => wordsOf(clause).length > 0);
  if (clauses.length < 2 || clauses.length > 5) return false;
  // What stands before the verb or the first number is what the sentence is about.
  const subject = contentWords(
    (clauses[0] ?? '').split(
      /\b(?:is|are|was|were|can|cannot|will|may|must|has|have|gets?|takes?|costs?)\b|\p{N}/iu,
    )[0] ?? '',
  ).slice(0, 4);
  return clauses.every((clause, index) => {
    const own = contentWords(clause);
    const bare =
      index > 0 &&
      (own.length < 2 ||
        /^(?:is|are|was|were|can|cannot|will|may|must|has|have|gets?|takes?|costs?)\b/i.test(clause.trim()));
    const claim = bare ? `${subject.filter((word) => !own.includes(word)).join(' ')} ${clause}` : clause;
    return contentWords(claim).length >= 2 && facts.some((fact) => supports(fact, claim, known));
  });
}

function supports(fact: Fact, claim: string, known: Acquaintance): boolean {
  if (denies(claim) !== fact.denies) return false;
  if (fact.narrows && !narrows(claim)) return false;
  if (![...turningWords(claim)].every((meaning) => fact.turning.has(meaning))) return false;
  const numbers = numbersOf(claim);
  const given = numbers.filter((number) => isGivenId(number, known));
  const stated = numbers.filter((number) => !given.includes(number));
  if (!inOrder(stated, fact.numbers)) return false;
  const names = freeWords(known.manner);
  if (!namesOf(claim).every((name) => fact.near.has(name) || names.has(name) || connecting.has(name))) return false;
  const words = contentWords(claim).filter((word) => !names.has(word));
  if (words.length === 0) return false;
  const holds = (stems: ReadonlySet<string>, word: string): boolean =>
    [...stems].some((other) => sameStem(word, other));
  // Every word that carries meaning has to stand near the fact, and most of them in the fact itself.
  if (!words.every((word) => holds(fact.near, word))) return false;
  const inside = words.filter((word) => holds(leaning.test(fact.text) ? fact.near : fact.stems, word)).length;
  return inside * 2 > words.length && !bindsElsewhere(fact, words, stated);
}

/**
 * "Ankara costs 50 TL and İzmir 70 TL" does not support "İzmir costs 50 TL": where a fact states several numbers, the
 * number's own part must not speak of something that the claim replaces with the subject of another part.
 */
function bindsElsewhere(fact: Fact, words: readonly string[], numbers: readonly StatedNumber[]): boolean {
  const parts = fact.text
    .split(/(?<!\d)[,;]|[,;](?!\d)|\s+(?:and|or|but|while|ve|veya|ise)\s+/iu)
    .map((text) => ({ numbers: numbersOf(text), words: contentWords(text), turning: turningWords(text) }));
  const bearing = parts.filter((part) => part.numbers.length > 0);
  if (bearing.length < 2) return false;
  return numbers.some((number) => {
    const own = bearing.filter((part) => part.numbers.some((other) => sameNumber(number, other)));
    if (own.length === 0) return false;
    const claimHas = (word: string): boolean => words.some((other) => sameStem(word, other));
    return own.every((part) => {
      const leftOut = part.words.filter((word) => !claimHas(word));
      const foreign = bearing
        .filter((other) => !own.includes(other))
        .flatMap((other) => other.words)
        .filter((word) => claimHas(word) && !part.words.some((mine) => sameStem(mine, word)));
      return leftOut.length > 0 && foreign.length > 0;
    });
  });
}

function factsOf(passage: Evidence): Fact[] {
  const sentences = sentencesOf(passage.text);
  const frame = stemsOf([passage.title, passage.heading, passage.question].filter((text) => text !== null).join(' '));
  return sentences.flatMap((sentence, index) => {
    // "It takes 3 days" speaks of what the sentence before names.
    const before = leaning.test(sentence) ? stemsOf(sentences[index - 1] ?? '') : [];
    // A contrast holds two facts, one of which may deny what the other affirms.
    const clauses = sentence
      .split(/;\s+|,?\s+(?:but|however|although|while|whereas|ama|ancak|fakat|oysa)\s+/iu)
      .filter((clause) => contentWords(clause).length >= 2);
    return [...new Set([sentence, ...clauses])].map((text) =>
      factOf(text, passage.question, new Set([...frame, ...before, ...stemsOf(sentence)])),
    );
  });
}

function factOf(text: string, question: string | null, near: ReadonlySet<string>): Fact {
  const affirms = question !== null && /^\s*(?:yes|evet|sure|of course|certainly|elbette|tabii)\b/iu.test(text);
  const asked = question ?? '';
  return {
    text,
    stems: new Set([...stemsOf(text), ...stemsOf(asked)]),
    near,
    // What the question names is only said to be so where the answer says yes.
    turning: new Set([...turningWords(text), ...(affirms ? turningWords(asked) : [])]),
    numbers: affirms ? [...numbersOf(asked), ...numbersOf(text)] : numbersOf(text),
    denies: denies(text),
    narrows: narrows(text),
  };
}

function stemsOf(text: string): Set<string> {
  return new Set(wordsOf(text).map(stemOf));
}

function contentWords(text: string): string[] {
  return [
    ...new Set(
      wordsOf(text)
        .filter((word) => !stopWords.has(word) && !/\p{N}/u.test(word) && !isMeasure(word))
        .map(stemOf),
    ),
  ].filter((stem) => !connecting.has(stem) && stem.length > 1);
}

/** The claim's numbers stand in the fact, in the same order. */
function inOrder(claim: readonly StatedNumber[], fact: readonly StatedNumber[]): boolean {
  let next = 0;
  for (const number of claim) {
    const at = fact.findIndex((other, index) => index >= next && sameNumber(number, other));
    if (at < 0) return false;
    next = at + 1;
  }
  return true;
}

/** An order number or the like: long, without a unit, and in the customer's own words. */
function isGivenId(number: StatedNumber, known: Acquaintance): boolean {
  return (
    number.unit === null &&
    number.values.some(
      (value) => /^\d{4,}$/.test(value) && new RegExp(`(?<!\\d)${value}(?!\\d)`).test(known.customerWords),
    )
  );
}
