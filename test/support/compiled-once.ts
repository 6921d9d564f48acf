import path from 'node:path';

/**
 * For the environment of the built server and command line in specs: what one process of the run compiled, the next one takes.
 * Nothing where no spec runs: a benchmark starts its server as a customer does.
 */
export function compiledOnce(): Readonly<Record<string, string>> {
  const folder = process.env['PARLEY_TEST_FOLDER'];
  if (folder === undefined || process.env['JEST_WORKER_ID'] === undefined) return {};
  return { NODE_COMPILE_CACHE: path.join(folder, 'compiled') };
}
