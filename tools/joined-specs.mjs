import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { root } from './run.mjs';

/** The folders whose files are joined, the longest to run first. Elsewhere files start processes of their own or measure. */
const folders = {
  isolation: ['test/isolation'],
  stories: ['test/stories'],
  'bad-input': ['test/bad-input'],
  'access-audit-http': ['test/access', 'test/audit', 'test/http'],
  channels: ['src/channels'],
  conversations: ['src/conversations'],
  accounts: ['src/accounts'],
  'ai-platform': ['src/ai', 'src/platform'],
  'apps-libs': ['apps', 'libs'],
};
const everywhere = ['src', 'test', 'apps', 'libs', 'migrations', 'bench', 'tools'];
const withServers = 'src/platform/embedded/';
const mostBytes = 65_000;
const mostFiles = 8;

// What one file changes of the language, the clock or a library the next one of the same process would find changed; and
// what measures must not find what others left in memory.
const staysAlone = /@jest\/globals|\.prototype\.\w+ = |performance\.now|memoryUsage|cpuUsage|crowding|process\.env/;

// A group is read whole before its first test runs: a moment taken while a file is read is long past when its tests do.
const takesTheTime = /^ {0,2}(?:const|let) \w+ = (?!.*=>).*(?:AbortSignal\.timeout|Date\.now\(\)|new Date\(\))/m;

// By hand: the Node that a machine brings may be too old to know patterns.
function specsIn(places) {
  return places
    .flatMap((place) => readdirSync(join(root, place), { recursive: true }).map((file) => `${place}/${file}`))
    .map((file) => file.split(sep).join('/'))
    .filter((file) => /\.spec\.tsx?$/.test(file) && !file.includes('.night.') && !file.includes('node_modules/'))
    .sort();
}

/** Which files run together: neighbours, and no more of them than keep several workers busy to the end. */
export function groupsOf(files) {
  const groups = [];
  let bytes = Infinity;
  for (const file of files) {
    const { size } = statSync(join(root, file));
    if (bytes + size > mostBytes || groups.at(-1).length === mostFiles) {
      groups.push([]);
      bytes = 0;
    }
    groups.at(-1).push(file);
    bytes += size;
  }
  return groups;
}

/** The groups by name, and the files that run by themselves. */
export function planSpecs() {
  const groups = new Map();
  const taken = new Set();
  for (const [name, places] of Object.entries(folders)) {
    const files = specsIn(places).filter((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      return !file.startsWith(withServers) && !staysAlone.test(text) && !takesTheTime.test(text);
    });
    for (const [index, group] of groupsOf(files).entries()) {
      if (group.length < 2) continue;
      groups.set(`${name}-${index + 1}`, group);
      for (const file of group) taken.add(file);
    }
  }
  const alone = specsIn(everywhere).filter((file) => !taken.has(file));
  return { groups, alone };
}

/**
 * Writes one file for each group. Every file that Jest runs loads Nest, GraphQL and the rest anew, which takes longer than
 * the tests of most; in a whole run neighbours share that. A file that is asked for by name runs by itself.
 */
export function joinSpecs() {
  const folder = mkdtempSync(join(root, '.joined-'));
  const { groups, alone } = planSpecs();
  const from = (file) =>
    JSON.stringify(
      relative(folder, join(root, file))
        .split(sep)
        .join('/')
        .replace(/\.tsx?$/, '.js'),
    );
  const joined = [...groups].map(([name, files]) => {
    const path = join(folder, `${name}.spec.mjs`);
    const lines = files.map((file) => `await joined(${JSON.stringify(file)}, () => import(${from(file)}));`);
    writeFileSync(path, `import { joined } from ${from('test/support/joined.ts')};\n${lines.join('\n')}\n`);
    return path;
  });
  return {
    folder,
    paths: [...joined, ...alone.map((file) => join(root, file))],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
