import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { groupsOf, planSpecs } from '../../tools/joined-specs.mjs';
import { joined } from './joined.js';

/** Words that only say what they were given, in the order in which Jest would hear it. */
function hearing() {
  const heard: string[] = [];
  const word = (name: string) =>
    Object.assign(
      (...args: unknown[]) => {
        heard.push([name, ...args.filter((one) => typeof one === 'string')].join(' '));
        if (name === 'describe') (args[1] as () => void)();
      },
      { each: (table: unknown[]) => (title: string) => void heard.push(`${name} ${title} of ${table.join()}`) },
    );
  const scope: Record<string, unknown> = Object.fromEntries(
    ['describe', 'it', 'test', 'beforeAll', 'afterAll', 'beforeEach', 'afterEach'].map((name) => [name, word(name)]),
  );
  return { heard, scope, say: (name: string) => scope[name] as ReturnType<typeof word> };
}

describe('files that run together', () => {
  it('keep what each says of all its tests to itself', async () => {
    const { heard, scope, say } = hearing();
    const own = { ...scope };
    for (const file of ['one.spec.ts', 'two.spec.ts'])
      await joined(
        file,
        async () => {
          say('beforeAll')(() => undefined);
          say('it').each([1, 2])('counts');
          say('describe')('inner', () => say('it')('is found'));
        },
        scope,
      );
    const each = ['beforeAll', 'it counts of 1,2', 'describe inner', 'it is found'];
    expect(heard).toEqual(['describe one.spec.ts', ...each, 'describe two.spec.ts', ...each]);
    expect(scope).toEqual(own);
  });

  it('are missed where one declares nothing, and leave the words as they were where one cannot be loaded', async () => {
    const { heard, scope } = hearing();
    const own = { ...scope };
    await expect(joined('empty.spec.ts', async () => undefined, scope)).rejects.toThrow(
      /empty\.spec\.ts declares no test/,
    );
    const broken = joined('broken.spec.ts', () => Promise.reject(new Error('it does not load')), scope);
    await expect(broken).rejects.toThrow('it does not load');
    expect(scope).toEqual(own);
    expect(heard).toEqual([]);
  });

  it('are every file there is, each once, and none that changes what the others stand on', () => {
    const { groups, alone } = planSpecs();
    const together = [...groups.values()].flat();
    const root = path.resolve(import.meta.dirname, '../..');
    const every = globSync('{src,test,apps,libs,migrations,bench,tools}/**/*.spec.{ts,tsx}', {
      cwd: root,
      exclude: (name) => name === 'node_modules',
    }).filter((file) => !file.includes('.night.'));
    expect([...together, ...alone].sort()).toEqual(every.sort());
    expect(together.length).toBeGreaterThan(100);
    const unfit = together.filter((file) =>
      /jest\.|useFakeTimers|^ {0,2}const \w+ = (?:AbortSignal\.timeout|Date\.now)/m.test(
        readFileSync(path.join(root, file), 'utf8'),
      ),
    );
    expect(unfit).toEqual([]);
    expect(groupsOf(['README.md', 'README.md', 'schema.graphql', 'README.md'])).toEqual([
      ['README.md', 'README.md'],
      ['schema.graphql'],
      ['README.md'],
    ]);
  });
});
