import { indexText } from '../fold-text.js';
import { type PassageText, splitText, withoutRepeats } from '../split-text.js';
import { csvPassages } from './csv-passages.js';
import { decodeText, isText } from './decode-text.js';
import { type PageText, htmlText } from './html-text.js';
import { readingLimits } from './limits.js';
import { withPages } from './page-marks.js';
import { plainText } from './plain-lines.js';
import { isSitemap, readSitemap } from './sitemap.js';
import { Unreadable } from './unreadable.js';
import type { ReadWork, WhatIsRead } from './what-is-read.js';

/** A page that asks for a password and says less than this shows nothing else. */
const wallLength = 600;

/** Reads bytes by what they are, whatever they are called, and splits what they say. */
export async function readBytes(work: ReadWork): Promise<WhatIsRead> {
  const { body, name } = work;
  if (startsWith(body, '%PDF-', 1_024)) {
    const { pdfText } = await import('./pdf-text.js');
    return read(withPages(passagesOf(await pdfText(body))));
  }
  if (body[0] === 0x50 && body[1] === 0x4b && body[2] === 3 && body[3] === 4) {
    const { docxText } = await import('./docx-text.js');
    return read(passagesOfPage(await docxText(body)));
  }
  if (!isText(body)) throw new Unreadable(work.url === null ? 'FILE_KIND' : 'PAGE_KIND', { kind: kindOf(work) });
  const text = decodeText(body, work.contentType);
  if (work.url !== null && isSitemap(text)) return { kind: 'sitemap', ...readSitemap(text) };
  if (/^[\s\uFEFF]*<(?:[a-z!?])/i.test(text)) return read(passagesOfPage(pageOf(text, work)));
  if (/\.csv$/i.test(name ?? '') || /^text\/csv\b/i.test(work.contentType ?? '')) return read(await csvPassages(text));
  return read(passagesOf(plainText(text)));
}

function pageOf(text: string, work: ReadWork): PageText {
  const page = htmlText(text, work.url);
  if (work.url !== null && page.noindex) throw new Unreadable('PAGE_NOINDEX');
  if (work.url !== null && page.asksPassword && page.text.length < wallLength) throw new Unreadable('PAGE_LOGIN');
  return page;
}

function passagesOfPage({ text, pairs }: PageText): PassageText[] {
  return [...splitText(text), ...pairs];
}

function passagesOf(text: string): PassageText[] {
  if (text.length > readingLimits.characters)
    throw new Unreadable('TOO_LONG', { most: String(readingLimits.passages) });
  return splitText(text);
}

function read(passages: readonly PassageText[]): WhatIsRead {
  const once = withoutRepeats(passages).filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  if (once.length === 0) throw new Unreadable('NO_TEXT');
  if (once.length > readingLimits.passages) throw new Unreadable('TOO_LONG', { most: String(readingLimits.passages) });
  return {
    kind: 'text',
    passages: once.map((passage) => ({
      ...passage,
      folded: indexText(passage.heading, passage.question, passage.text),
    })),
  };
}

function startsWith(body: Uint8Array, mark: string, within: number): boolean {
  return Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, within)).includes(mark, 0, 'latin1');
}

/** What a server says that it is, where it says so in a word. */
function kindOf({ contentType }: ReadWork): string {
  return /^[\w.+-]{1,40}\/[\w.+-]{1,60}/.exec(contentType ?? '')?.[0] ?? 'something else';
}
