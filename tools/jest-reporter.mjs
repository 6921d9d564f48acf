import { writeFileSync, writeSync } from 'node:fs';

/**
 * Ends a run with one line, `N passed, N failed`. A file that fails to load counts as a failure. When PARLEY_COUNTS_FILE
 * is set, the counts go there instead and the caller prints the line, because it has more to add.
 */
export default class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    const brokenFiles = results.testResults.filter((file) => file.testExecError != null && file.numFailingTests === 0);
    const failed = results.numFailedTests + Math.max(brokenFiles.length, results.numRuntimeErrorTestSuites);
    const skipped = results.numPendingTests + results.numTodoTests;
    const counts = { passed: results.numPassedTests, failed, skipped };
    const file = process.env.PARLEY_COUNTS_FILE;
    if (file) writeFileSync(file, JSON.stringify(counts));
    // Other reporters still have something to say; this must be the last.
    else process.once('exit', () => writeSync(1, `${counts.passed} passed, ${counts.failed} failed\n`));
  }

  getLastError() {}
}
