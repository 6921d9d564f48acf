import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import en from './en/index.js';
import tr from './tr/index.js';
import { preferredLanguage } from './index.js';

function leaves(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value as object).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key));
}

const english = new Map(leaves(en));
const turkish = new Map(leaves(tr));

describe('the catalogs', () => {
  it('have the same keys', () => {
    expect([...turkish.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('leave nothing empty', () => {
    expect([...english, ...turkish].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('fill in the same values', () => {
    const values = (text: string | undefined) =>
      [...(text ?? '').matchAll(/\{\{(\w+)\}\}|<(\w+)>/gu)].map((match) => match[0]).sort();
    const different = [...english].filter(([key, text]) => values(text).join() !== values(turkish.get(key)).join());
    expect(different).toEqual([]);
  });

  it('hold every key that the screens ask for', () => {
    const root = fileURLToPath(new URL('..', import.meta.url));
    const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /(?<!\.spec)\.tsx?$/u.test(file),
    );
    const known = (key: string) => english.has(key) || english.has(`${key}_one`);
    const missing = sources.flatMap((file) => {
      const text = readFileSync(`${root}/${file}`, 'utf8');
      const asked = [...text.matchAll(/\bt\(\s*'([\w.]+)'|'((?:form|account)\.\w+)'/gu)].map(
        (match) => match[1] ?? match[2] ?? '',
      );
      const prefixes = [...text.matchAll(/\bt\(\s*`([\w.]+\.)\$\{/gu)].map((match) => match[1] ?? '');
      return [
        ...asked.filter((key) => !known(key)),
        ...prefixes.filter((prefix) => ![...english.keys()].some((key) => key.startsWith(prefix))),
      ].map((key) => `${file}: ${key}`);
    });
    expect(sources.length).toBeGreaterThan(40);
    expect(missing).toEqual([]);
  });
});

describe('preferredLanguage', () => {
  it.each([
    ['tr', ['en-GB'], 'tr'],
    [null, ['de-DE', 'tr-TR', 'en'], 'tr'],
    [null, ['de-DE'], 'en'],
    ['xx', [], 'en'],
  ] as const)('%s, %j: %s', (stored, wanted, language) => {
    expect(preferredLanguage(stored, wanted)).toBe(language);
  });
});
