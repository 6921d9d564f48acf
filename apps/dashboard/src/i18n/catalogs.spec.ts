import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import enOfInbox from './en/index.js';
import enCustomer from './en/customer.js';
import enElsewhere from './en/elsewhere.js';
import enLeads from './en/leads.js';
import enRefused from './en/refused.js';
import arOfInbox from './ar/index.js';
import arCustomer from './ar/customer.js';
import arElsewhere from './ar/elsewhere.js';
import arLeads from './ar/leads.js';
import arRefused from './ar/refused.js';
import trOfInbox from './tr/index.js';
import trCustomer from './tr/customer.js';
import trElsewhere from './tr/elsewhere.js';
import trLeads from './tr/leads.js';
import trRefused from './tr/refused.js';
import { languages, preferredLanguage, writtenValue, type Language } from './index.js';

function leaves(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value as object).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key));
}

const english = new Map(leaves({ ...enOfInbox, ...enElsewhere, ...enCustomer, ...enLeads, ...enRefused }));
const others: [Language, Map<string, string>][] = [
  ['tr', new Map(leaves({ ...trOfInbox, ...trElsewhere, ...trCustomer, ...trLeads, ...trRefused }))],
  ['ar', new Map(leaves({ ...arOfInbox, ...arElsewhere, ...arCustomer, ...arLeads, ...arRefused }))],
];

const forms = ['zero', 'one', 'two', 'few', 'many', 'other'];
const plural = new RegExp(`_(?:${forms.join('|')})$`, 'u');
/** A key without the form of its plural. */
const base = (key: string) => key.replace(plural, '');
const counted = new Set([...english.keys()].filter((key) => key.endsWith('_other')).map(base));
/** What a language has to have: each word once, and of words that count each form that its numbers take. */
function wanted(language: Language): string[] {
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
  const words = new Set([...english.keys()].map((key) => (counted.has(base(key)) ? base(key) : key)));
  return [...words]
    .flatMap((key) => (counted.has(key) ? pluralCategories.map((form) => `${key}_${form}`) : [key]))
    .sort();
}

describe('the catalogs', () => {
  it('are those of all languages that can be chosen', () => {
    expect(['en', ...others.map(([language]) => language)].sort()).toEqual(Object.keys(languages).sort());
  });

  it.each([['en', english] as const, ...others])('have every key, and every plural: %s', (language, catalog) => {
    expect(counted.size).toBeGreaterThan(5);
    expect([...catalog.keys()].sort()).toEqual(wanted(language));
  });

  it.each([['en', english] as const, ...others])('leave nothing empty: %s', (_language, catalog) => {
    expect([...catalog].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it.each(others)('fill in the same values: %s', (_language, catalog) => {
    const values = (text: string | undefined, without?: string) =>
      [...(text ?? '').matchAll(/\{\{(\w+)\}\}|<(\w+)>/gu)]
        .map((match) => match[0])
        .filter((value) => value !== without)
        .sort()
        .join();
    const different = [...catalog].filter(([key, text]) => {
      if (!counted.has(base(key))) return values(text) !== values(english.get(key));
      // Some forms say their number by themselves: one, two, none. Whatever else the sentence tells, they may leave to it.
      const given = values(text, '{{count}}');
      return (
        given !== '' &&
        given !== values(english.get(`${base(key)}_one`), '{{count}}') &&
        given !== values(english.get(`${base(key)}_other`), '{{count}}')
      );
    });
    expect(different).toEqual([]);
  });

  it.each(others)('are written in their own script: %s', (language, catalog) => {
    const letters = [...catalog.values()].join('');
    const count = (script: RegExp) => letters.match(script)?.length ?? 0;
    const [latin, arabic] = [count(/\p{Script=Latin}/gu), count(/\p{Script=Arabic}/gu)];
    expect(language === 'ar' ? arabic > 4 * latin : arabic < 20).toBe(true);
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

describe('the words that come with the inbox', () => {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const broughtAlong = /withWords\(import\('([^']+)'\)(?:, '(\w+)')?\)/gu;
  /** Every file that these are made of, without the pages that bring their own words along: those are others' business. */
  function madeOf(...open: string[]): string[] {
    const found = new Set<string>();
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (found.has(file) || file.startsWith('i18n/')) continue;
      found.add(file);
      const own = readFileSync(`${root}/${file}`, 'utf8')
        .replace(broughtAlong, '')
        .replace(/^import type .*$/gmu, '');
      for (const [, given = ''] of own.matchAll(/(?:from |import\()'(\.[^']+)\.js'/gu)) {
        const place = path.posix.join(path.posix.dirname(file), given);
        const name = [`${place}.tsx`, `${place}.ts`].find((one) => existsSync(`${root}/${one}`));
        if (name) open.push(name);
      }
    }
    return [...found];
  }
  /** What of these files asks for words of catalogs that it does not come with. */
  function asksFor(files: readonly string[], ...others: readonly object[]): string[] {
    const keys = others.flatMap((catalog) => Object.keys(catalog));
    return files.flatMap((file) => {
      const asked = [...readFileSync(`${root}/${file}`, 'utf8').matchAll(/\bt\([^()]*?['`](\w+)\./gu)];
      return asked.filter(([, key = '']) => keys.includes(key)).map(([, key]) => `${file}: ${String(key)}`);
    });
  }
  const files = madeOf('main.tsx');

  it('are all that its pages ask for, and none is in two parts', () => {
    expect(files.length).toBeGreaterThan(80);
    const keys = [enOfInbox, enElsewhere, enCustomer, enLeads, enRefused].flatMap((catalog) => Object.keys(catalog));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    expect(asksFor(files, enElsewhere, enCustomer, enLeads)).toEqual([]);
  });

  it('are, with those of the pane, all that the pane of a customer asks for', () => {
    const panes = files.flatMap((file) =>
      [...readFileSync(`${root}/${file}`, 'utf8').matchAll(broughtAlong)]
        .filter(([, , part]) => part === 'customer')
        .map(([, given = '']) => path.posix.join(path.posix.dirname(file), given).replace(/\.js$/u, '.tsx')),
    );
    expect(panes).toContain('contacts/contact-details.tsx');
    const ofPane = madeOf(...panes);
    expect(asksFor(ofPane, enCustomer).length).toBeGreaterThan(5);
    expect(asksFor(ofPane, enElsewhere)).toEqual([]);
    // The leads come with words of their own.
    expect(asksFor(ofPane, enLeads).filter((asked) => !asked.startsWith('leads/'))).toEqual([]);
  });
});

describe('preferredLanguage', () => {
  it.each([
    ['tr', ['en-GB'], 'tr'],
    [null, ['de-DE', 'tr-TR', 'en'], 'tr'],
    [null, ['de-DE'], 'en'],
    ['xx', [], 'en'],
    [null, ['ar-EG', 'en'], 'ar'],
    ['constructor', ['tr'], 'tr'],
    [null, ['C', 'tr_TR.UTF-8'], 'tr'],
    [null, ['en-US@posix'], 'en'],
  ] as const)('%s, %j: %s', (stored, wanted, language) => {
    expect(preferredLanguage(stored, wanted)).toBe(language);
  });
});

describe('numbers in texts', () => {
  it.each([
    ['en', '1,234'],
    ['tr', '1.234'],
    ['ar', '1,234'],
  ])('%s: %s', (language, written) => expect(writtenValue(1234, language)).toBe(written));
  it('leave words as they are', () => expect(writtenValue('1234', 'tr')).toBe('1234'));
});
