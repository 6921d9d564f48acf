import { readingLimits } from './limits.js';
import { pageMark, withoutMarks } from './page-marks.js';
import { unmarkedLine } from './plain-lines.js';
import { Unreadable } from './unreadable.js';

interface Line {
  readonly text: string;
  /** How high its letters are, and where it stands on its page, upwards. */
  readonly height: number;
  readonly at: number;
}
interface Piece {
  readonly str: string;
  readonly height: number;
  readonly transform: readonly number[];
  readonly hasEOL: boolean;
}

const headingHeight = 1.15;
const titleHeight = 1.5;
const mostHeadingWords = 14;

/**
 * The text of a PDF: lines joined to paragraphs, larger letters as headings, what repeats on every page left out, each
 * page marked where it begins.
 */
export async function pdfText(body: Uint8Array): Promise<string> {
  const { getDocumentProxy } = await import('unpdf');
  const options = { isEvalSupported: false, disableFontFace: true, useSystemFonts: false, verbosity: 0 };
  const document = await getDocumentProxy(new Uint8Array(body), options).catch((error: unknown) => {
    throw new Unreadable(error instanceof Error && error.name === 'PasswordException' ? 'FILE_LOCKED' : 'BROKEN');
  });
  const { numPages } = document;
  if (numPages > readingLimits.pdfPages)
    throw new Unreadable('FILE_PAGES', { pages: String(numPages), most: String(readingLimits.pdfPages) });
  const pages: Line[][] = [];
  let size = 0;
  for (let number = 1; number <= numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    const lines = linesOf(items.filter((item): item is typeof item & Piece => 'str' in item));
    size += lines.reduce((sum, { text }) => sum + text.length, 0);
    if (size > readingLimits.characters) throw new Unreadable('TOO_LONG', { most: String(readingLimits.passages) });
    pages.push(lines);
    page.cleanup();
  }
  if (size === 0) throw new Unreadable('FILE_SCANNED');
  return textOf(withoutRunning(pages));
}

function linesOf(pieces: readonly Piece[]): Line[] {
  const lines: Line[] = [];
  let words = '';
  let height = 0;
  let at: number | null = null;
  const close = () => {
    const text = unmarkedLine(withoutMarks(words));
    if (text !== '') lines.push({ text, height, at: at ?? 0 });
    [words, height, at] = ['', 0, null];
  };
  for (const piece of pieces) {
    const place = piece.transform[5] ?? 0;
    if (at !== null && Math.abs(place - at) > Math.max(2, height / 2) && words.trim() !== '') close();
    words += piece.str;
    if (piece.str.trim() !== '') {
      height = Math.max(height, piece.height);
      at ??= place;
    }
    if (piece.hasEOL) close();
  }
  close();
  return lines;
}

/** Without what stands first or last on most pages: the name of the document, the number of the page. */
function withoutRunning(pages: readonly (readonly Line[])[]): readonly (readonly Line[])[] {
  if (pages.length < 4) return pages;
  const counts = new Map<string, number>();
  const shape = (line: Line | undefined) => line?.text.replace(/\d+/g, '#') ?? '';
  const edges = (lines: readonly Line[]) => new Set([lines[0], lines[1], lines.at(-2), lines.at(-1)].map(shape));
  for (const lines of pages) for (const edge of edges(lines)) counts.set(edge, (counts.get(edge) ?? 0) + 1);
  const running = (line: Line) => (counts.get(shape(line)) ?? 0) > pages.length / 2;
  return pages.map((lines) =>
    lines.filter((line, index) => !(running(line) && (index < 2 || index >= lines.length - 2))),
  );
}

function textOf(pages: readonly (readonly Line[])[]): string {
  const usual = usualHeight(pages.flat());
  const blocks: string[] = [];
  let paragraph = '';
  const close = () => {
    if (paragraph !== '') blocks.push(paragraph);
    paragraph = '';
  };
  for (const [page, lines] of pages.entries()) {
    for (const [index, line] of lines.entries()) {
      const mark = index === 0 ? pageMark(page + 1) : '';
      const before = lines[index - 1];
      const short = line.text.split(' ').length <= mostHeadingWords;
      if (line.height >= usual * headingHeight && short && /\p{L}/u.test(line.text)) {
        close();
        blocks.push(`${line.height >= usual * titleHeight ? '#' : '##'} ${mark}${line.text}`);
        continue;
      }
      const gap = before === undefined ? 0 : before.at - line.at;
      if (gap > 1.7 * Math.max(line.height, usual) || gap < -usual) close();
      paragraph = joined(paragraph, line.text, mark);
    }
  }
  close();
  return blocks.join('\n\n');
}

/** A line goes on where the one before ended, but for a point of a list; a word that was cut at its end becomes whole. */
function joined(paragraph: string, line: string, mark: string): string {
  if (paragraph === '') return mark + line;
  if (/^(?:[-–•*▪●]|\d{1,2}[.)])\s/.test(line)) return `${paragraph}\n${mark}${line}`;
  if (/\p{Ll}-$/u.test(paragraph) && /^\p{Ll}/u.test(line)) return `${paragraph.slice(0, -1)}${mark}${line}`;
  return `${paragraph} ${mark}${line}`;
}

/** The height in which most letters are written. */
function usualHeight(lines: readonly Line[]): number {
  const letters = new Map<number, number>();
  for (const { height, text } of lines) {
    const rounded = Math.round(height * 2) / 2;
    letters.set(rounded, (letters.get(rounded) ?? 0) + text.length);
  }
  return [...letters].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}
