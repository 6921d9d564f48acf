// `npm run sbom`, `npm run licences`, `npm run advisories`: what Parley is made of (docs/supply-chain.md).
import { prepare, runInForeground } from './prepare.mjs';
import { Problem } from './run.mjs';

try {
  const node = await prepare({ build: false });
  const script = 'test/supply-chain/print.mjs';
  const args = ['--disable-warning=ExperimentalWarning', script, ...process.argv.slice(2)];
  process.exitCode = await runInForeground(node, args);
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
