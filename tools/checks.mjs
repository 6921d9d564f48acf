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
  });
  if (code === 3) {
    console.log(`- ${name}: ${output.trim().toLowerCase()}`);
    return null;
  }
  return step(name, async () => ({ code, output }), since);
}

async function runJest(node, args, { whole = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-counts-'));
  const file = join(folder, 'counts.json');
  const env = environmentFor(node, {
    NODE_OPTIONS:
      `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --disable-warning=ExperimentalWarning`.trim(),
    PARLEY_COUNTS_FILE: file,
    PARLEY_WHOLE_RUN: whole ? '1' : '',
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

  let passed = 0;
  let failed = 0;
  const count = (good) => (good ? (passed += 1) : (failed += 1));
  // Each uses one core; two at a time use what the smallest machine has.
  const waiting = [
    ...staticChecks().map(([name, [program, ...rest]]) => async () => {
      const command = [join('node_modules', program), ...rest];
      count(await step(name, () => runQuietly(node, command, { env: environmentFor(node) })));
    }),
    async () => {
      const known = await advisories(node);
      if (known !== null) count(known);
    },
  ].values();
  const lane = async () => {
    for (const check of waiting) await check();
  };
  await Promise.all([lane(), lane()]);
  if (failed === 0) {
    const onWait = () => console.log('Waiting for another build to finish…');
    count(
      await step('build', () =>
        withLock(join(root, 'dist', '.lock'), onWait, () => build(node)).then(
          () => ({ code: 0, output: '' }),
          (error) => ({ code: 1, output: error.message }),
        ),
      ),
    );
  }
  if (failed > 0) return { passed, failed };
  const tests = await runJest(node, [], { whole: true });
  return { passed: passed + tests.passed, failed: failed + tests.failed };
}
