import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { graphErrorRules } from './meta/graph-errors.js';
import { telegramErrorRules } from './telegram/telegram-errors.js';
import { endedWords } from './life/living-channel.js';
import { troubleCode, troubleCodes } from './trouble-codes.js';

const root = path.join(import.meta.dirname, '../..');
const languages = ['en', 'tr', 'ar'];

/** The sources of the channels, in one piece: the sentences stand there as they are stored. */
const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.includes('trouble-codes'))
  .map((file) => readFileSync(path.join(import.meta.dirname, file), 'utf8'))
  .join('\n');

describe('what is wrong with a channel', () => {
  it('has a code wherever a token is refused for good', () => {
    const sentences = [
      ...graphErrorRules.filter(({ tokenUnusable }) => tokenUnusable === true).map(({ words }) => words),
      ...telegramErrorRules.filter(({ tokenUnusable }) => tokenUnusable === true).map(({ words }) => words),
      endedWords,
    ];
    expect(sentences.length).toBeGreaterThan(10);
    expect(sentences.filter((sentence) => troubleCode(sentence) === null)).toEqual([]);
  });

  it('has no code for what nobody says any more', () => {
    const beginnings = [
      ...readFileSync(path.join(import.meta.dirname, 'trouble-codes.ts'), 'utf8').matchAll(/, '(.+)'\],$/gmu),
    ];
    expect(beginnings.map(([, words]) => words)).toHaveLength(troubleCodes.length);
    const gone = beginnings.map(([, words = '']) => words).filter((words) => !sources.includes(words.trimEnd()));
    expect(gone).toEqual([]);
  });

  it('is nobody’s where the platform says something else', () => {
    for (const words of ['', 'Telegram refused it (error 418).', 'Invalid OAuth 2.0 Access Token'])
      expect(troubleCode(words)).toBeNull();
    expect(troubleCode(null)).toBeNull();
  });

  it('can be said in every language of the dashboard', () => {
    expect(new Set(troubleCodes).size).toBe(troubleCodes.length);
    for (const language of languages) {
      const words = readFileSync(path.join(root, `apps/dashboard/src/i18n/${language}/channels.ts`), 'utf8');
      expect([language, troubleCodes.filter((code) => !words.includes(`    ${code}:`))]).toEqual([language, []]);
    }
  });
});
