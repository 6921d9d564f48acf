import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { namedIn, readPromises, report } from '../../tools/promises.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const three = new Map([
  [1, 'Everything is kept.'],
  [2, `Nothing is lost, ${'whatever happens and '.repeat(8)}then.`],
  [3, 'It is quick.'],
]);
const passed = (title: string) => ({ title, status: 'passed' });

describe('the promises at the end of a run', () => {
  it('are the eighty of the acceptance list', async () => {
    const promises = readPromises(await readFile(path.join(root, 'test/contract/acceptance.md'), 'utf8'));
    expect([...promises.keys()]).toEqual(Array.from({ length: 80 }, (_none, index) => index + 1));
    expect(promises.get(28)).toBe('Human replies leave only when an agent clicks send.');
  });

  it('are told with their tests, and the gaps counted, after a whole run', () => {
    const tests = [
      passed('a [promise 1] [promise 2]'),
      passed('b [promise 1]'),
      { title: 'c [promise 2]', status: 'failed' },
    ];
    const { lines, failed } = report(three, tests, { whole: true });
    expect(lines.map((line) => line.replace(/ {2,}/g, '  '))).toEqual([
      '',
      'Promises (test/contract/acceptance.md) and the tests that name them:',
      '✓  1 Everything is kept.  2 tests',
      '✗  2 Nothing is lost, whatever happens and whatever happens and whatever…  2 tests, 1 not passed',
      '-  3 It is quick.  no test',
      '1 of the 3 promises are named by no test.',
    ]);
    // A promise that no test names fails a whole run.
    expect(failed).toBe(1);
    expect(report(three, tests, { whole: true, gapsFail: false }).failed).toBe(0);
  });

  it('are only those whose tests ran, after a run of one path', () => {
    const { lines } = report(three, [passed('a [promise 3]')], { whole: false, gapsFail: true });
    expect(lines.slice(2)).toEqual([expect.stringMatching(/^✓ {2}3 It is quick\. +1 test$/)]);
    expect(report(three, [passed('a')], { whole: false, gapsFail: true })).toEqual({ lines: [], failed: 0 });
  });

  // What the titles of this file must not say stands beside a word for it.
  it.each([
    ['of none', '[promise 0]'],
    ['of one too many', '[promise 81]'],
    ['of none of these three', '[promise 4]'],
    ['of two at once', '[promise 2, 3]'],
    ['in the plural', '[promises 2]'],
    ['in capitals', '[Promise 2]'],
    ['without a space', '[promise2]'],
    ['without an end', '[promise 2'],
  ])('fail a run in which a title speaks %s', (_word, text) => {
    expect(report(three, [passed(`a ${text}`)], { whole: false }).failed).toBe(1);
  });

  it('are named once by a title that names one twice', () => {
    expect(namedIn('a [promise 2] [promise 2] [promise 17]')).toEqual({ numbers: [2, 17], misspelt: [] });
  });

  it.each([
    [28, 0, '1 passed, 0 failed', '✓ 28 Human replies leave only when an agent clicks send.'],
    [81, 1, '1 passed, 1 failed', 'there is no promise 81'],
  ])('stand before the closing line of Jest, and number %i decides how it ends', async (number, code, last, says) => {
    const folder = await mkdtemp(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '', 'promises-'));
    await writeFile(
      path.join(folder, 'one.test.cjs'),
      `test('one [promise ${String(number)}]', () => { expect(1).toBe(1); });`,
    );
    const jest = path.join(root, 'node_modules/jest/bin/jest.js');
    const config = JSON.stringify({
      rootDir: folder,
      testMatch: ['**/*.test.cjs'],
      reporters: [path.join(root, 'tools/jest-reporter.mjs')],
    });
    const ended = await new Promise<{ code: number; output: string }>((resolve) => {
      execFile(
        process.execPath,
        [jest, '--config', config, '--runInBand'],
        { env: { PATH: process.env['PATH'] ?? '' } },
        (error, output) => resolve({ code: Number(error?.code ?? 0), output }),
      );
    });
    expect(ended.code).toBe(code);
    expect(ended.output).toContain(says);
    expect(ended.output.trimEnd().split('\n').at(-1)).toBe(last);
  });
});
