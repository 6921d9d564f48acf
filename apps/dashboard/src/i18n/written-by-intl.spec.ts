import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /(?<!\.spec)\.tsx?$/u.test(file),
);

/** How dates, numbers and plurals are written without asking Intl in the reader's language. */
const byHand = [
  // The environment's language, not the reader's.
  /\.toLocale(?:Date|Time)?String\(/u,
  /\.to(?:UTC|Time)String\(/u,
  /\.toFixed\(|\.toPrecision\(/u,
  // Another region or other digits than everywhere else.
  /new Intl\.(?!DisplayNames)\w+\((?!regionOf\(|region\b|\s*['"])/u,
  /=== 1 \? ['"`]|\bcount > 1 \?/u,
  /\} %[`'"<]/u,
  /from '(?:moment|dayjs|date-fns|luxon)/u,
];
const found = (text: string) => byHand.filter((pattern) => pattern.test(text)).map(String);

describe('dates, numbers and plurals', () => {
  it('are written by Intl, in the language and the region of the reader', () => {
    expect(sources.length).toBeGreaterThan(150);
    expect(
      sources.flatMap((file) => found(readFileSync(`${root}/${file}`, 'utf8')).map((what) => `${file}: ${what}`)),
    ).toEqual([]);
  });

  it.each([
    'date.toLocaleString()',
    'size.toFixed(1)',
    'new Intl.NumberFormat(i18n.language)',
    "count === 1 ? 'reply' : 'replies'",
    '`$' + '{share} %`',
    "import { format } from 'date-fns'",
  ])('would be caught with %s', (text) => expect(found(text)).toHaveLength(1));
});
