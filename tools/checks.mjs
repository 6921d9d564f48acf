import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from './build.mjs';
import { withLock } from './lock.mjs';
import { prepare, root, runInForeground, runQuietly } from './prepare.mjs';

const TYPED = [
  'tsconfig.json',
  'apps/sandbox/tsconfig.json',
  'apps/dashboard/tsconfig.json',
  'apps/widget/tsconfig.json',
  'libs/web-chat/tsconfig.json',
  'apps/graphiql/tsconfig.json',
];

const CRUISER = [
  'dependency-cruiser/bin/dependency-cruise.mjs',
  '--config',
  '.dependency-cruiser.mjs',
  '--output-type',
  'err',
];
const isHere = (path) => existsSync(join(root, path));

/** The checks that read the sources and run nothing of them. */
function staticChecks() {
  return [
    // The longest first, beside which the others are done.
    ['lint (eslint)', ['eslint/bin/eslint.js', '--max-warnings', '0', '.']],
    ['format (prettier)', ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']],
    ...TYPED.filter(isHere).map((config) => [
      `types (${config})`,
      ['typescript/bin/tsc', '--noEmit', '--project', config],
    ]),
    ['imports (dependency-cruiser)', [...CRUISER, ...['src', 'apps', 'libs', 'migrations'].filter(isHere)]],
    ['unused code (knip)', ['knip/bin/knip.js', '--no-progress']],
  ];
}

/** Programs find one another by the path, and the project's own Node must be the first there. */
function environmentFor(node, extra = {}) {
  return { ...process.env, PATH: `${dirname(node)}:${process.env.PATH ?? ''}`, ...extra };
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

async function step(name, run, since = Date.now()) {
  const { code, output } = await run();
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds(since)})`);
  if (code !== 0) console.log(`${output.trim()}\n`);
  return code === 0;
}

/** Asks for known holes in what ships. A registry that answers no audits has checked nothing, and that is said. */
async function advisories(node) {
  const name = 'advisories (npm audit)';
  const since = Date.now();
  const { code, output } = await runQuietly(node, ['test/supply-chain/print.mjs', 'advisories'], {
    env: environmentFor(node),
    behind: true,
  });
  if (code === 3) {
    console.log(`- ${name}: ${output.trim().toLowerCase()}`);
    return null;
  }
  return step(name, async () => ({ code, output }), since);
}

async function runJest(node, args, extra = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-counts-'));
  const file = join(folder, 'counts.json');
  const env = environmentFor(node, {
    NODE_OPTIONS:
      `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --disable-warning=ExperimentalWarning`.trim(),
    PARLEY_COUNTS_FILE: file,
    PARLEY_WHOLE_RUN: '',
    ...extra,
  });
  try {
    const code = await runInForeground(node, ['node_modules/jest/bin/jest.js', ...args], { env });
    const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 0, skipped: 0 };
    if (counts.skipped > 0) console.log(`${counts.skipped} skipped`);
    // Jest may fail without a failed test: nothing was found, or the set-up broke.
    return { passed: counts.passed, failed: code !== 0 && counts.failed === 0 ? 1 : counts.failed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// A process whose connections were cut by the hundred may not come to its end by itself: Node then waits for requests that
// nobody answers any more, after the last test.
const NIGHT = [
  '--forceExit',
  ...['--testMatch', '**/*.night.spec.ts', '--testPathIgnorePatterns', '/node_modules/', '/dist/', '--'],
];

/** Runs what the arguments ask for and gives the numbers of the closing line. */
export async function runChecks(args) {
  // Some tests start the built server. A whole run builds as a step of its own, after the checks that read sources alone.
  const node = await prepare({ build: args.length > 0 });
  if (args[0] === '--night' || args.some((one) => one.includes('.night.'))) {
    return runJest(node, [...NIGHT, ...args.filter((one) => one !== '--night')]);
  }
  if (args.length > 0) return runJest(node, args);

  const counts = { passed: 0, failed: 0 };
  const count = (good) => (counts[good ? 'passed' : 'failed'] += 1);
  const onWait = () => console.log('Waiting for another build to finish…');
  const built = await step('build', () =>
    withLock(join(root, 'dist', '.lock'), onWait, () => build(node)).then(
      () => ({ code: 0, output: '' }),
      (error) => ({ code: 1, output: error.message }),
    ),
  );
  count(built);
  // Half of their time the tests wait; the checks use what they leave.
  const stopped = new AbortController();
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) process.once(signal, () => stopped.abort());
  const check = async () => {
    for (const [name, [program, ...rest]] of staticChecks()) {
      const command = [join('node_modules', program), ...rest];
      const options = { env: environmentFor(node), behind: true, signal: stopped.signal };
      if (!stopped.signal.aborted) count(await step(name, () => runQuietly(node, command, options)));
    }
    const known = stopped.signal.aborted ? null : await advisories(node);
    if (known !== null) count(known);
  };
  const [tests] = await Promise.all([
    built ? runJest(node, [], { PARLEY_WHOLE_RUN: '1' }) : { passed: 0, failed: 0 },
    check(),
  ]);
  return { passed: counts.passed + tests.passed, failed: counts.failed + tests.failed };
}
