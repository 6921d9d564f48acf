// What the product promises (test/contract/acceptance.md), and which tests prove it: those with `[promise 24]` in their
// title. Printed by jest-reporter.mjs at the end of a run.

/** Whether a whole run fails while a promise has no test. */
const GAPS_FAIL = true;

const WIDTH = 72;

/** The promises by their number. */
export function readPromises(text) {
  return new Map(
    [...text.matchAll(/^(\d+)\. (.+)$/gm)].map(([, number, words]) => [
      Number(number),
      words.replace(/ \([^()]*\)$/, ''),
    ]),
  );
}

/** The promises that a title names, and what looks like naming one and is not. */
export function namedIn(title) {
  const numbers = [];
  const misspelt = [];
  for (const [whole] of title.matchAll(/\[\s*promises?[^\]]*\]?/gi)) {
    const number = /^\[promise (\d+)\]$/.exec(whole)?.[1];
    if (number === undefined) misspelt.push(whole);
    else numbers.push(Number(number));
  }
  return { numbers: [...new Set(numbers)], misspelt };
}

/**
 * Counts the tests of each promise. `problems` are titles that name a promise that there is none of; they fail the run.
 *
 * @param promises the promises by number
 * @param tests `{ title, status }` of every test that ran, with Jest's words for how it ended
 */
export function tally(promises, tests) {
  const counted = new Map([...promises.keys()].map((number) => [number, { passed: 0, failed: 0 }]));
  const problems = [];
  for (const { title, status } of tests) {
    const { numbers, misspelt } = namedIn(title);
    for (const text of misspelt) problems.push(`"${title}": ${text} names no promise; write [promise 24]`);
    for (const number of numbers) {
      const count = counted.get(number);
      if (count === undefined) problems.push(`"${title}": there is no promise ${number}`);
      else if (status === 'passed') count.passed += 1;
      else count.failed += 1;
    }
  }
  return { counted, problems };
}

/**
 * What a run says of the promises: after a whole run of every one, else of those whose tests ran. `failed` counts what the
 * tests themselves do not count as failed.
 */
export function report(promises, tests, { whole, gapsFail = GAPS_FAIL }) {
  const { counted, problems } = tally(promises, tests);
  const lines = [];
  let gaps = 0;
  for (const [number, words] of promises) {
    const { passed, failed } = counted.get(number);
    const all = passed + failed;
    if (all === 0) gaps += 1;
    if (all === 0 && !whole) continue;
    const verdict =
      all === 0 ? 'no test' : `${all} test${all === 1 ? '' : 's'}${failed === 0 ? '' : `, ${failed} not passed`}`;
    const sign = all === 0 ? '-' : failed === 0 ? '✓' : '✗';
    lines.push(`${sign} ${String(number).padStart(2)} ${shortened(words).padEnd(WIDTH)} ${verdict}`);
  }
  if (lines.length > 0) lines.unshift('', 'Promises (test/contract/acceptance.md) and the tests that name them:');
  if (whole) lines.push(`${gaps} of the ${promises.size} promises are named by no test.`);
  lines.push(...problems.map((problem) => `✗ ${problem}`));
  return { lines, failed: problems.length + (whole && gapsFail ? gaps : 0) };
}

function shortened(words) {
  if (words.length <= WIDTH) return words;
  return `${words.slice(0, words.lastIndexOf(' ', WIDTH - 1)).replace(/[,;:]$/, '')}…`;
}
