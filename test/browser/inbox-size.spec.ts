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

const textOf = async (scripts: Iterable<string>) =>
  (await Promise.all([...scripts].map((file) => readFile(path.join(folder, file), 'utf8')))).join('');

const gzipped = async (file: string) => gzipSync(await readFile(path.join(folder, file)), { level: 9 }).length;

describe('the scripts of the inbox', () => {
  beforeAll(() => buildDashboard(), 120_000);

  it('stay within 180 KB gzipped, with the words of a language', async () => {
    const scripts = await firstScripts();
    // Two of ours and the bundler's own, and the one that sets the theme: not one for each set of pages that shares a part.
    expect(scripts.size).toBeGreaterThan(2);
    expect(scripts.size).toBeLessThanOrEqual(5);
    const assets = await readdir(path.join(folder, 'assets'));
    const later = assets.filter((file) => !scripts.has(`assets/${file}`)).join(' ');
    // No form, no settings, no menu: those come with the pages that have some.
    for (const part of ['forms', 'settings-page', 'menu-choices', 'palette', 'shortcut-sheet']) {
      expect(later).toContain(`${part}-`);
    }
    const text = await textOf(scripts);
    expect(text).toContain('mutation SendMessage');
    expect(text).not.toContain('mutation CreateApiToken');
    expect(
      await textOf(assets.filter((file) => file.startsWith('settings-page-')).map((file) => `assets/${file}`)),
    ).toContain('mutation CreateApiToken');
    const catalogs = assets.filter((file) => /^(en|tr|ar)-[\w-]+\.js$/u.test(file));
    expect(catalogs).toHaveLength(3);

    const sizes = await Promise.all([...scripts].map(gzipped));
    const largest = Math.max(...(await Promise.all(catalogs.map((file) => gzipped(`assets/${file}`)))));
    const total = sizes.reduce((sum, size) => sum + size, largest);
    expect(total).toBeGreaterThan(50 * 1024);
    expect(total).toBeLessThanOrEqual(budget);
  });
});
