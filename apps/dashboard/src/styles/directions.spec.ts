import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const sheets = readdirSync(folder).filter((file) => file.endsWith('.css'));

const physical =
  /^(?:(?:margin|padding|border|scroll-margin|scroll-padding|inset)-(?:left|right|top|bottom)(?:-\w+)?|border-(?:top|bottom)-(?:left|right)-radius|left|right|top|bottom|width|height|(?:min|max)-(?:width|height)|overflow-[xy])$/u;
const sided = /^(?:float|clear|text-align|caption-side|background-position|transform-origin|object-position)$/u;
const fourSided = /^(?:margin|padding|inset|border-(?:width|style|color)|scroll-margin|scroll-padding)$/u;

/** What one declaration says of left and right that is not mirrored where people read from the right. */
function wrongIn(property: string, value: string): string | null {
  if (physical.test(property) && !/^overflow-/u.test(property)) return `${property} is a physical property`;
  if (sided.test(property) && /\b(?:left|right)\b/u.test(value)) return `${property}: ${value} names a side`;
  if (fourSided.test(property)) {
    const sides = value.match(/(?:[\w-]+\([^()]*(?:\([^()]*\)[^()]*)*\)|[^\s()]+)/gu) ?? [];
    if (sides.length === 4 && sides[1] !== sides[3]) return `${property}: ${value} has unlike sides`;
  }
  if (
    /\btranslate(?:X|3d)?\(\s*-?[\d.]*[1-9]/u.test(value) ||
    (property === 'translate' && /^-?[\d.]*[1-9]/u.test(value))
  )
    return `${property}: ${value} moves to one side`;
  return null;
}

/** Every declaration of a style sheet that is not mirrored. */
function wrongSides(css: string): string[] {
  const plain = css.replace(/\/\*[\s\S]*?\*\//gu, '');
  return [...plain.matchAll(/(?<=[;{]\s*)([a-z-]+)\s*:\s*([^;{}]+)(?=[;}])/gu)].flatMap(
    ([, property = '', value = '']) => {
      const wrong = wrongIn(property, value.trim().replace(/\s+/gu, ' '));
      return wrong === null ? [] : [wrong];
    },
  );
}

describe('the style sheets', () => {
  it.each(sheets)('name no left and no right: %s', (sheet) => {
    expect(wrongSides(readFileSync(`${folder}/${sheet}`, 'utf8'))).toEqual([]);
  });

  it('are all of them read', () => expect(sheets.length).toBeGreaterThan(6));

  it.each([
    '.a { margin-left: 1px; }',
    '.a { color: red; left: 0; }',
    '.a { text-align: right; }',
    '.a { padding: 1px 2px 3px 4px; }',
    '.a { padding: 1px 2px 3px calc(4px + (2 * 1px)); }',
    '.a { transform: translateX(4px); }',
    '.a { border-top-left-radius: 4px; }',
    '@media (width < 10px) { .a { float: left; } }',
  ])('would be caught with %s', (css) => expect(wrongSides(css)).toHaveLength(1));

  it.each(['.a { padding: 1px 2px 3px 2px; }', '.a { text-align: start; }', '/* left: 0; */ .a { inset-inline: 0; }'])(
    'may say %s',
    (css) => expect(wrongSides(css)).toEqual([]),
  );
});
