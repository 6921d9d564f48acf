import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fillIn } from '../../platform/errors/index.js';
import { changeProblems, notKept, runReasonOf, runSentence, runWords } from './run-words.js';

const here = import.meta.dirname;
const reasons = [...Object.keys(runWords), ...Object.keys(changeProblems)];
const sources = [here, path.join(here, '../autopilot'), path.join(here, '../plan')].flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => /(?<!\.spec)\.ts$/u.test(file) && file !== 'run-words.ts')
    .map((file) => [file, readFileSync(path.join(folder, file), 'utf8')] as const),
);

describe('why a run proposed nothing', () => {
  it('is never said in words that have no name', () => {
    expect(sources.length).toBeGreaterThan(40);
    const unnamed = sources.flatMap(([file, text]) =>
      [...text.matchAll(/(?:\b(?:error|problem|words): |withheld\()['`].*/gu)].map(([found]) => `${file}: ${found}`),
    );
    expect(unnamed).toEqual([]);
  });

  it('has no name that nobody gives', () => {
    const all = sources.map(([, text]) => text).join('\n');
    expect(reasons.length).toBeGreaterThan(30);
    const given = (name: string) => new RegExp(`(?:runWords|changeProblems)\\.${name}\\b|'${name}'`, 'u').test(all);
    expect(reasons.filter((name) => !given(name))).toEqual([]);
  });

  it('can be said in every language of the dashboard, and there is nothing else to say', () => {
    const root = path.join(here, '../../..');
    for (const language of ['en', 'tr', 'ar']) {
      const words = readFileSync(path.join(root, `apps/dashboard/src/i18n/${language}/run-reasons.ts`), 'utf8');
      const said = [...words.matchAll(/^ {4}([A-Z_]+):/gmu)].map(([, reason]) => reason);
      expect([language, [...said].sort()]).toEqual([language, [...reasons].sort()]);
    }
  });

  it('is found again by its words, whatever they are filled in with', () => {
    const values = { had: '0.2', wanted: '0.7', model: 'a "b" (c)', status: '500', language: 'German' };
    for (const reason of Object.keys(runWords) as (keyof typeof runWords)[])
      expect([reason, runReasonOf(runSentence(reason, values))]).toEqual([reason, reason]);
    for (const [problem, words] of Object.entries(changeProblems))
      expect([problem, runReasonOf(notKept(fillIn(words, values)))]).toEqual([problem, problem]);
    for (const words of ['', 'it changes a number', 'The model refused to answer. Or not.'])
      expect(runReasonOf(words)).toBeNull();
    expect(runReasonOf(null)).toBeNull();
  });
});
