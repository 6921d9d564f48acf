import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { troubleOf, troubles } from './attachment-troubles.js';

const source = (file: string) =>
  readFileSync(fileURLToPath(new URL(`../../../../src/${file}`, import.meta.url)), 'utf8');
const files = [
  'platform/files/take-file.ts',
  'platform/files/archives.ts',
  'conversations/inbound/fetch-attachment.worker.ts',
];
const written = files.map(source).join('\n');

it('every way in which a file cannot be opened has words of its own in each language', () => {
  const said = [...written.matchAll(/'((?:It is|There is|Files of|This picture)[^']+\.)'/gu)].map(
    ([, words = '']) => words,
  );
  expect(said.length).toBeGreaterThan(6);
  expect(said.filter((words) => troubleOf(words) === null)).toEqual([]);
});

it.each(Object.values(troubles))('the server still says: %s', (words) => expect(written).toContain(words));

it('words that are new are shown as they are', () => expect(troubleOf('The moon was in the way.')).toBeNull());
