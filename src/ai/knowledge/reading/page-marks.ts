import type { PassageText } from '../split-text.js';

/** No character at all: a text that holds one all the same is made to lose it. */
const opening = '\uFDD0';
const first = 0x100;
const marks = /\uFDD0(.)/gsu;

/** Marks where a page begins, while a text is split. */
export function pageMark(page: number): string {
  return opening + String.fromCodePoint(first + page);
}

/** A line without what would be taken for a mark. */
export function withoutMarks(line: string): string {
  return line.replaceAll(opening, '');
}

/** The passages as they read, each with the page that it begins on. */
export function withPages(passages: readonly PassageText[]): PassageText[] {
  let page = 1;
  return passages.map(({ heading, question, text }) => {
    page = Math.max(page, ...pagesIn(heading ?? ''));
    const [opened] = text.startsWith(opening) ? pagesIn(text) : [];
    const begins = opened ?? page;
    page = Math.max(begins, ...pagesIn(text));
    return { heading: heading?.replace(marks, '') ?? null, question, text: text.replace(marks, ''), page: begins };
  });
}

function pagesIn(text: string): number[] {
  return [...text.matchAll(marks)].map(([, page]) => (page?.codePointAt(0) ?? first) - first);
}
