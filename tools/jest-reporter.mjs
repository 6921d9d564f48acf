import { readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { readPromises, report } from './promises.mjs';
import { root } from './run.mjs';

/**
 * Ends a run with the promises that its tests prove and one line, `N passed, N failed`. A file that fails to load counts as
 * a failure. When PARLEY_COUNTS_FILE is set, the counts go there instead and the caller prints the line, because it has
 * more to add; PARLEY_WHOLE_RUN says that every test there is was run.
 */
export default class ClosingLineReporter {
  wrong = 0;

  onRunComplete(_contexts, results) {
    const brokenFiles = results.testResults.filter((file) => file.testExecError != null && file.numFailingTests === 0);
    const tests = results.testResults.flatMap((file) => file.testResults);
    this.wrong = this.printPromises(tests.map(({ fullName, status }) => ({ title: fullName, status })));
    const failed =
      results.numFailedTests + Math.max(brokenFiles.length, results.numRuntimeErrorTestSuites) + this.wrong;
    const skipped = results.numPendingTests + results.numTodoTests;
    const counts = { passed: results.numPassedTests, failed, skipped };
    const file = process.env.PARLEY_COUNTS_FILE;
    if (file) writeFileSync(file, JSON.stringify(counts));
    // Other reporters still have something to say; this must be the last.
    else process.once('exit', () => writeSync(1, `${counts.passed} passed, ${counts.failed} failed\n`));
  }

  /** Fails the run for what no test counts as its own failure. */
  getLastError() {
    return this.wrong === 0 ? undefined : new Error('Titles of tests name promises that there are none of.');
  }

  printPromises(tests) {
    const promises = readPromises(readFileSync(join(root, 'test', 'contract', 'acceptance.md'), 'utf8'));
    const { lines, failed } = report(promises, tests, { whole: process.env.PARLEY_WHOLE_RUN === '1' });
    if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
    return failed;
  }
}
