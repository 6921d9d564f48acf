import { isEmpty, wordsOf } from './fold-text.js';

/** A piece of knowledge that is found, quoted and cited as a whole. */
export interface PassageText {
  /** The headings that it stands under, outermost first, joined by " – ". */
  readonly heading: string | null;
  /** For a pair of question and answer: the question. */
  readonly question: string | null;
  readonly text: string;
  /** Of a document with pages: the one that it begins on. */
  readonly page?: number;
}

const aimedWords = 120;
const mostWords = 180;

/**
 * Cuts a text by its structure: headings open a section, paragraphs are kept whole and gathered up to some 120 words, a
 * longer paragraph is cut between sentences. A passage that stood there already is not kept twice.
 */
export function splitText(text: string): PassageText[] {
  const passages: PassageText[] = [];
  const headings: string[] = [];
  let waiting: string[] = [];
  const close = (): void => {
    if (waiting.length === 0) return;
    const heading = headings.filter((part) => part !== undefined && part !== '').join(' – ');
    passages.push({ heading: heading === '' ? null : heading, question: null, text: waiting.join('\n') });
    waiting = [];
  };
  const blocks = withLeadIns(blocksOf(text));
  for (const [index, block] of blocks.entries()) {
    const title = headingOf(block);
    const next = blocks[index + 1];
    // A short line with no text under it is no heading: it is all that there is.
    const opens = title !== null && next !== undefined && (block.startsWith('#') || headingOf(next) === null);
    if (opens) {
      close();
      headings.length = Math.min(headings.length, title.level - 1);
      headings[title.level - 1] = title.text;
      continue;
    }
    for (const piece of piecesOf(block)) {
      if (waiting.length > 0 && countWords(waiting.join(' ')) + countWords(piece) > aimedWords) close();
      waiting.push(piece);
    }
  }
  close();
  return withoutRepeats(passages);
}

/** One passage a pair. */
export function splitPairs(pairs: readonly { readonly question: string; readonly answer: string }[]): PassageText[] {
  return withoutRepeats(
    pairs.map(({ question, answer }) => ({ heading: null, question: question.trim(), text: answer.trim() })),
  );
}

/** Whether a line is one of a list. */
export function isListed(line: string): boolean {
  return /^\s*(?:[-*•]|\d{1,2}[.)])\s/u.test(line);
}

/** The sentences of a text, as they stand; a line break ends a sentence too. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/\n+/)
    .map((line) => line.replace(/^\s*(?:[-*•]|\d{1,2}[.)])\s+/, ''))
    .flatMap((line) => line.split(/(?<=[.!?…؟。！？]["'”’)\]]?)\s+(?=["'“‘([]?[\p{Lu}\p{Lo}\p{N}])/u))
    .reduce<string[]>((sentences, part) => {
      const last = sentences.at(-1);
      // "approx. 5 days", "Dr. Kaya", "No. 5": a full stop after an abbreviation ends nothing.
      if (
        last !== undefined &&
        /(?:^|\s)(?:\p{Lu}|[Dd]r|[Mm]rs?|[Nn]o|[Tt]el|[Cc]ad|[Ss]ok|[Aa]pprox|vb|örn|e\.g|i\.e|max|min)\.$/u.test(last)
      ) {
        sentences[sentences.length - 1] = `${last} ${part}`;
      } else sentences.push(part);
      return sentences;
    }, [])
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

function blocksOf(text: string): string[] {
  return (
    text
      .replace(/\r\n?/g, '\n')
      // A heading needs no empty line around it.
      .replace(/^(#{1,6}\s.*)$/gm, '\n$1\n')
      .replace(
        /^([^\n]+)\n(={3,}|-{3,})$/gm,
        (_, title: string, line: string) => `\n${line.startsWith('=') ? '#' : '##'} ${title}\n`,
      )
      .split(/\n\s*\n/)
      .map((block) => block.trim())
      .filter((block) => block !== '')
  );
}

/** "We deliver to:" above a list is the beginning of what the list says, and stays with it; "Shipping:" above a text is a heading. */
function withLeadIns(blocks: readonly string[]): string[] {
  return blocks.reduce<string[]>((all, block) => {
    const before = all.at(-1);
    if (before !== undefined && leadsIn(before, block)) all[all.length - 1] = `${before}\n${block}`;
    else all.push(block);
    return all;
  }, []);
}

function leadsIn(block: string, next: string): boolean {
  if (!block.endsWith(':') || block.startsWith('#') || next.startsWith('#')) return false;
  return isListed(next) || isEmpty(wordsOf(block).at(-1) ?? '');
}

function headingOf(block: string): { level: number; text: string } | null {
  if (block.includes('\n')) return null;
  const marked = /^(#{1,6})\s+(.+?)\s*#*$/.exec(block);
  if (marked !== null) return { level: marked[1]?.length ?? 1, text: (marked[2] ?? '').slice(0, 200) };
  // A short line alone that ends like no sentence: "Opening hours", "Shipping:".
  const short =
    block.length <= 80 &&
    countWords(block) <= 8 &&
    !/[.!?…,;]$/.test(block) &&
    !/^[-*•\d]/.test(block) &&
    !/\d/.test(block);
  return short && /\p{L}/u.test(block) ? { level: 2, text: block.replace(/:$/, '') } : null;
}

function piecesOf(block: string): string[] {
  if (countWords(block) <= mostWords) return [block];
  const pieces: string[] = [];
  let piece = '';
  for (const sentence of sentencesOf(block).flatMap(cutLong)) {
    if (piece !== '' && countWords(piece) + countWords(sentence) > aimedWords) {
      pieces.push(piece);
      piece = '';
    }
    piece = piece === '' ? sentence : `${piece} ${sentence}`;
  }
  if (piece !== '') pieces.push(piece);
  return pieces;
}

/** A "sentence" without an end (a table, a list of codes) is cut by words, and one without spaces by letters. */
function cutLong(sentence: string): string[] {
  if (sentence.length <= 2_000 && countWords(sentence) <= mostWords) return [sentence];
  const pieces: string[] = [];
  let piece = '';
  for (const word of sentence.split(/\s+/).flatMap((long) => long.match(/.{1,500}/gsu) ?? [])) {
    if (piece.length + word.length > 1_500 || countWords(piece) >= aimedWords) {
      pieces.push(piece);
      piece = '';
    }
    piece = piece === '' ? word : `${piece} ${word}`;
  }
  return piece === '' ? pieces : [...pieces, piece];
}

function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

/** The passages, each said once. */
export function withoutRepeats(passages: readonly PassageText[]): PassageText[] {
  const seen = new Set<string>();
  return passages.filter((passage) => {
    const key = JSON.stringify([passage.heading, passage.question, passage.text.replace(/\s+/g, ' ').toLowerCase()]);
    if (passage.text === '' || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
