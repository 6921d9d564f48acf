import { readFileSync } from 'node:fs';
import i18next from 'i18next';
import ar from '../../i18n/ar/privacy.js';
import en from '../../i18n/en/privacy.js';
import tr from '../../i18n/tr/privacy.js';
import { groundWords, rowWords } from './row-words.js';

const catalogs = { en, tr, ar } as const;
const erasers = [
  'conversations/personal-data/erase-conversations',
  'conversations/personal-data/erase-messages',
].concat(['ai/personal-data/erase-ai', 'platform/personal-data/erase-platform']);
const issuers = ['erasure-receipts', 'issue-deletion-receipt.worker'].map((name) => `privacy/erasure/${name}`);
const read = (name: string) => readFileSync(`src/${name}.ts`, 'utf8');

describe.each(Object.keys(catalogs) as (keyof typeof catalogs)[])('the rows of a receipt in %s', (language) => {
  const words = i18next.createInstance();
  beforeAll(() => words.init({ lng: language, resources: { [language]: { translation: catalogs[language] } } }));

  it('are said for every table that an eraser counts', () => {
    const counted = erasers.flatMap((name) => [
      ...read(name).matchAll(/^ {4,8}'?([a-z_]+(?:: [a-z ]+)?)'?: (?:await |attachments|files\.|events)/gmu),
    ]);
    const tables = counted.map(([, table = '']) => table);
    expect(tables).toEqual(expect.arrayContaining(['contacts', 'attachments', 'workspace_events: what was told']));
    expect(tables.filter((table) => rowWords(table, words.t) === table)).toEqual([]);
  });

  it('and the grounds for what stays are the sentences of the server', () => {
    const sentences = issuers.flatMap((name) =>
      [...read(name).matchAll(/basis: '([^']+)'/gu)].map(([, said = '']) => said),
    );
    expect(sentences).toHaveLength(2);
    for (const said of sentences) {
      const ground = groundWords(said, words.t);
      expect(ground).not.toMatch(/^erasedGround/u);
      if (language !== 'en') expect(ground).not.toBe(said);
    }
  });

  it('and what is not known here stays as it came', () => {
    expect(rowWords('sheets_of_paper', words.t)).toBe('sheets_of_paper');
    expect(groundWords('Because.', words.t)).toBe('Because.');
  });
});
