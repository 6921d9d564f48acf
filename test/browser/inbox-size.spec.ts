import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildDashboard, root } from './dashboard.js';

const folder = path.join(root, 'dist/dashboard');
const budget = 180 * 1024;

/** Every script that `index.html` asks for, or that those import before they run. */
async function firstScripts(): Promise<ReadonlySet<string>> {
  const page = await readFile(path.join(folder, 'index.html'), 'utf8');
  const wanted = [...page.matchAll(/(?:src|href)="\/([^"]+\.js)"/gu)].map((match) => match[1] ?? '');
  const found = new Set<string>();
  for (let file = wanted.pop(); file !== undefined; file = wanted.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    const current = file;
    const text = await readFile(path.join(folder, current), 'utf8');
    const imports = text.matchAll(/(?:\bimport|\bfrom)\s*["'](\.{1,2}\/[^"']+\.js)["']/gu);
    wanted.push(...[...imports].map((match) => path.posix.join(path.posix.dirname(current), match[1] ?? '')));
  }
  return found;
}

const gzipped = async (file: string) => gzipSync(await readFile(path.join(folder, file)), { level: 9 }).length;

describe('the scripts of the inbox', () => {
  beforeAll(() => buildDashboard(), 120_000);

  it('stay within 180 KB gzipped, with the words of a language', async () => {
    const scripts = await firstScripts();
    // The page itself, a library at least, and no form: those come with the pages that have some.
    expect(scripts.size).toBeGreaterThan(2);
    expect([...scripts].filter((file) => /forms|settings|menu-choices/u.test(file))).toEqual([]);
    const catalogs = (await readdir(path.join(folder, 'assets'))).filter((file) => /^(en|tr)-[\w-]+\.js$/u.test(file));
    expect(catalogs).toHaveLength(2);

    const sizes = await Promise.all([...scripts].map(gzipped));
    const largest = Math.max(...(await Promise.all(catalogs.map((file) => gzipped(`assets/${file}`)))));
    const total = sizes.reduce((sum, size) => sum + size, largest);
    expect(total).toBeGreaterThan(50 * 1024);
    expect(total).toBeLessThanOrEqual(budget);
  });
});
