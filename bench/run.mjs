// `npm run bench [-- names] [--quick]`: builds what has changed and measures the built server; `npm run bench:gate` also
// fails under a floor.
import { prepare, runInForeground } from '../tools/prepare.mjs';

try {
  const node = await prepare({ build: true });
  process.exitCode = await runInForeground(node, [
    '--disable-warning=ExperimentalWarning',
    '--import',
    './test/support/typescript-loader.mjs',
    'bench/main.ts',
    ...process.argv.slice(2),
  ]);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
