import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Outcome {
  readonly name: string;
  readonly message: string;
  readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
}

/** Runs files one after another in one process, as a worker of a whole run does; gives what came of each by its name. */
async function runs(
  files: Readonly<Record<string, string>>,
  testEnvironment = 'node',
): Promise<Record<string, Outcome>> {
  const folder = await mkdtemp(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '', 'planted-'));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
    const config = {
      rootDir: folder,
      testEnvironment,
      testRunner: path.join(root, 'tools/jest-in-process.mjs'),
      testSequencer: path.join(root, 'tools/jest-sequencer.cjs'),
      testMatch: ['**/*.spec.mjs'],
      transform: {},
    };
    const words = ['node_modules/jest/bin/jest.js', '--config', JSON.stringify(config), '--json', '--runInBand'];
    const out = await new Promise<string>((resolve) => {
      const env = { ...process.env, NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' };
      execFile(process.execPath, words, { cwd: root, env }, (_, stdout) => {
        resolve(stdout);
      });
    });
    const { testResults } = JSON.parse(out) as { testResults: Outcome[] };
    return Object.fromEntries(testResults.map((one) => [path.basename(one.name, '.spec.mjs'), one]));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// The longer a file, the sooner it runs.
const first = `${' '.repeat(2_000)}\n`;
const states = (outcome: Outcome | undefined) =>
  outcome?.assertionResults.map(({ fullName, status }) => `${fullName}: ${status}`);

describe('files that run in one process', () => {
  it('share what they load, and neither what they declare nor the environment nor the console', async () => {
    const counter = 'export const loads = (globalThis.loads = (globalThis.loads ?? 0) + 1);';
    const found = await runs({
      'counter.mjs': counter,
      'one.spec.mjs': `${first}import { loads } from './counter.mjs';
        beforeAll(() => { process.env.LEFT = 'behind'; delete process.env.PATH; console.log('said by one'); });
        beforeEach(() => { throw new Error('said of one alone'); });
        it('is refused', () => expect(loads).toBe(1));`,
      'two.spec.mjs': `import { loads } from './counter.mjs';
        it('finds what was there', () => expect([loads, process.env.LEFT, typeof process.env.PATH]).toEqual([1, undefined, 'string']));`,
      'three.spec.mjs': `${first}${first}Array.prototype.left = () => 'behind';
        it('has a realm of its own', () => expect([[].left(), globalThis.loads]).toEqual(['behind', undefined]));`,
      'four.spec.mjs': `it('has the language as it is', () => expect([].left).toBeUndefined());`,
    });
    expect(states(found['one'])).toEqual(['is refused: failed']);
    expect(found['one']?.message).toContain('said of one alone');
    expect(states(found['two'])).toEqual(['finds what was there: passed']);
    expect(states(found['three'])).toEqual(['has a realm of its own: passed']);
    expect(states(found['four'])).toEqual(['has the language as it is: passed']);
  }, 60_000);

  it('fail by what is wrong with one, and the others go on', async () => {
    const found = await runs({
      'broken.spec.mjs': `${first}import './not-there.mjs';`,
      'late.spec.mjs': `${first}it('is over', async () => {
        void Promise.reject(new Error('nobody caught this'));
        await new Promise((resolve) => setTimeout(resolve, 50));
      });`,
      'fine.spec.mjs': `it.each([1, 2])('counts %i', (n) => expect(n).toBeGreaterThan(0));`,
    });
    expect(found['broken']?.message).toContain('not-there.mjs');
    expect(found['late']?.message).toContain('nobody caught this');
    expect(states(found['late'])).toEqual(['is over: failed']);
    expect(states(found['fine'])).toEqual(['counts 1: passed', 'counts 2: passed']);
  }, 60_000);

  it('are told to the environment once, which may give them more time', async () => {
    const found = await runs(
      {
        'environment.mjs': `import { TestEnvironment } from '${import.meta.resolve('jest-environment-node')}';
          export default class extends TestEnvironment {
            handleTestEvent({ name }) { if (name === 'test_start') globalThis.begun = (globalThis.begun ?? 0) + 1; }
          }`,
        'one.spec.mjs': `${first}it('begins', () => expect(globalThis.begun).toBe(1));`,
        'two.spec.mjs': `it('begins once', () => expect(globalThis.begun).toBe(2));`,
      },
      '<rootDir>/environment.mjs',
    );
    expect(states(found['one'])).toEqual(['begins: passed']);
    expect(states(found['two'])).toEqual(['begins once: passed']);
  }, 60_000);

  it('name the line of the source that a failed expectation stands in', async () => {
    const found = await runs({ 'one.spec.mjs': `\n\n\nit('is wrong', () => expect(1).toBe(2));` });
    expect(found['one']?.message).toContain('one.spec.mjs:4:');
  }, 60_000);
});
