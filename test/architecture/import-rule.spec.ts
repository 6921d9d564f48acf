import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const configuration = join(root, '.dependency-cruiser.mjs');

interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
  readonly cycle?: readonly { readonly name: string }[];
}

type Tree = Readonly<Record<string, string>>;

/** The least that stands: every module in its place, each importing its left neighbour by the front door. */
const SOUND: Tree = {
  'tsconfig.json': '{ "compilerOptions": { "module": "nodenext", "moduleResolution": "nodenext" } }',
  'src/platform/queue/index.ts': `export { push } from './push.js';`,
  'src/platform/queue/push.ts': `export const push = 1;`,
  'src/platform/outbox/index.ts': `export { push } from '../queue/index.js';`,
  'src/billing/index.ts': `export { push } from '../platform/queue/index.js';`,
  'src/accounts/index.ts': `export { push } from '../billing/index.js'; export { role } from './role.js';`,
  'src/accounts/role.ts': `export const role = 1;`,
  'src/channels/index.ts': `export { role } from '../accounts/index.js';`,
  'src/channels/meta/index.ts': `export const meta = 1;`,
  'src/conversations/index.ts': `export { role } from '../channels/index.js'; export * from './inbox/list.js';`,
  'src/conversations/inbox/list.ts': `export { move } from '../contacts/move.js';`,
  'src/conversations/contacts/move.ts': `export const move = 1;`,
  'src/leads/index.ts': `export { move } from '../conversations/index.js';`,
  'src/ai/index.ts': `export { move } from '../leads/index.js';`,
  'src/privacy/index.ts': `export { move } from '../ai/index.js';`,
  'src/cli/index.ts': `export { move } from '../privacy/index.js';`,
  'src/app.module.ts': `export { move } from './cli/index.js';`,
  'src/run.ts': `export { move } from './app.module.js';`,
  'src/main.ts': `export { move } from './run.js';`,
  'apps/sandbox/main.ts': `export const sandbox = 1;`,
  'libs/api-client/index.ts': `export const client = 1;`,
  'test/support/builder.ts': `export const builder = 1;`,
  'src/accounts/role.spec.ts': `import { builder } from '../../test/support/builder.js'; export const used = builder;`,
};

// Breaks two rules; the import of the type alone is against the order, though it makes no cycle at run time.
const APP_MODULE = `import type { move } from './main.js'; export { role } from './accounts/role.js'; export type Move = typeof move;`;

/** For each rule the files that break it, laid over the sound tree. */
const PLANTED: Readonly<Record<string, Tree>> = {
  'platform-imports-nothing-to-its-right': {
    'src/platform/queue/broken.ts': `export { role } from '../../accounts/index.js';`,
  },
  'billing-imports-nothing-to-its-right': { 'src/billing/broken.ts': `export { role } from '../accounts/index.js';` },
  'accounts-imports-nothing-to-its-right': {
    'src/accounts/broken.ts': `import type { role } from '../channels/index.js'; export type Role = typeof role;`,
  },
  'channels-imports-nothing-to-its-right': {
    'src/channels/meta/broken.ts': `export { move } from '../../conversations/index.js';`,
  },
  'conversations-imports-nothing-to-its-right': {
    'src/conversations/inbox/broken.ts': `export { move } from '../../leads/index.js';`,
  },
  'leads-imports-nothing-to-its-right': { 'src/leads/broken.ts': `export { move } from '../privacy/index.js';` },
  'ai-imports-nothing-to-its-right': { 'src/ai/broken.ts': `export { move } from '../privacy/index.js';` },
  'privacy-imports-nothing-to-its-right': { 'src/privacy/broken.ts': `export { move } from '../app.module.js';` },
  'cli-imports-nothing-to-its-right': { 'src/cli/broken.ts': `export { move } from '../app.module.js';` },
  'app-module-imports-nothing-to-its-right': { 'src/app.module.ts': APP_MODULE },
  'run-imports-nothing-to-its-right': {
    'src/run.ts': `import type { move } from './main.js'; export { move as moved } from './app.module.js'; export type Move = typeof move;`,
  },
  'modules-are-known': { 'src/helpers/broken.ts': `export { role } from '../accounts/index.js';` },
  'another-module-by-its-index-only': {
    'src/channels/deep.ts': `export { role } from '../accounts/role.js';`,
    'src/leads/deep.ts': `export { meta } from '../channels/meta/index.js';`,
    'src/app.module.ts': APP_MODULE,
  },
  'platform-rooms-by-their-index-only': {
    'src/platform/outbox/broken.ts': `export { push } from '../queue/push.js';`,
    'src/billing/deep.ts': `export { push } from '../platform/queue/push.js';`,
  },
  'no-cycles': {
    'src/ai/a.ts': `import { b } from './b.js'; export const a = (): number => b() + 1;`,
    'src/ai/b.ts': `import { a } from './a.js'; export const b = (): number => a() + 1;`,
  },
  'server-imports-no-app': { 'src/channels/pretend.ts': `export { sandbox } from '../../apps/sandbox/main.js';` },
  'server-imports-no-test-code': { 'src/leads/tested.ts': `export { builder } from '../../test/support/builder.js';` },
  'apps-import-nothing-of-the-server': {
    'apps/sandbox/broken.ts': `export { push } from '../../src/platform/queue/index.js';`,
  },
  'libs-stand-alone': { 'libs/api-client/broken.ts': `export { sandbox } from '../../apps/sandbox/main.js';` },
};

function cruise(tree: Tree): Violation[] {
  const folder = mkdtempSync(join(tmpdir(), 'parley-imports-'));
  try {
    for (const [path, content] of Object.entries(tree)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const places = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const args = ['--config', configuration, '--output-type', 'json', ...places.map((entry) => entry.name)];
    const { stdout, stderr } = spawnSync(process.execPath, [cruiser, ...args], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    if (stdout === '') throw new Error(stderr);
    return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the import rule', () => {
  it('finds nothing in a tree that keeps it', () => {
    expect(cruise(SOUND)).toEqual([]);
  });

  it('has a planted violation for each rule that the configuration holds', async () => {
    const { default: config } = (await import(configuration)) as { default: { forbidden: { name: string }[] } };
    expect(Object.keys(PLANTED).sort()).toEqual(config.forbidden.map((rule) => rule.name).sort());
  });

  it('finds each planted file by its rule, and nothing else', () => {
    const violations = cruise(Object.assign({}, SOUND, ...Object.values(PLANTED)) as Tree);
    const found: Record<string, string[]> = {};
    for (const { rule, from, cycle = [] } of violations) {
      (found[rule.name] ??= []).push(from, ...cycle.map((step) => step.name));
    }
    const sorted = Object.entries(found).map(([rule, files]) => [rule, [...new Set(files)].sort()]);
    const expected = Object.entries(PLANTED).map(([rule, files]) => [rule, Object.keys(files).sort()]);
    expect(Object.fromEntries(sorted)).toEqual(Object.fromEntries(expected));
  });
});
