import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';

const root = path.join(import.meta.dirname, '../..');
const built = path.join(root, 'dist/widget');
const mostOfLoader = 3_000;
const mostOfChat = 24_000;
const mostOfWords = 1_700;

const languagesOf = ['ar', 'de', 'en', 'es', 'fr', 'it', 'nl', 'pt', 'ru', 'tr'];

/** What it weighs on the line, in the form that the server sends: which has to be that of the file beside it. */
async function weigh(name: string): Promise<number> {
  const [plain, packed] = await Promise.all(['', '.gz'].map((end) => readFile(path.join(built, `${name}${end}`))));
  if (plain === undefined || packed === undefined || !gunzipSync(packed).equals(plain)) throw new Error(name);
  return packed.length;
}

describe('the chat as it is built', () => {
  beforeAll(() => promisify(execFile)(process.execPath, ['tools/build-only.mjs'], { cwd: root }), 120_000);

  it('costs a site a loader of 3.0 kB at most', async () => {
    const weight = await weigh('widget.js');
    expect(weight).toBeGreaterThan(500);
    expect(weight).toBeLessThanOrEqual(mostOfLoader);
  });

  it('weighs 24 kB at most with its style and one language, and a language 1.7 kB', async () => {
    const files = (await readdir(path.join(built, 'assets'))).filter((name) => !/\.(br|gz)$/.test(name));
    const isLanguage = (name: string) => /^[a-z]{2}-[\w-]+\.js$/.test(name);
    const weights = await Promise.all(files.map(async (name) => ({ name, weight: await weigh(`assets/${name}`) })));
    const languages = weights.filter(({ name }) => isLanguage(name));
    expect(languages.map(({ name }) => name.slice(0, 2)).sort()).toEqual(languagesOf);
    for (const { name, weight } of languages) expect([name, weight <= mostOfWords]).toEqual([name, true]);
    const rest = weights.filter(({ name }) => !isLanguage(name));
    expect(rest.map(({ name }) => path.extname(name)).sort()).toEqual(['.css', '.js']);
    const heaviest = Math.max(...languages.map(({ weight }) => weight));
    const chat = rest.reduce((sum, { weight }) => sum + weight, heaviest + (await weigh('frame.html')));
    expect(chat).toBeLessThanOrEqual(mostOfChat);
  });

  it('is no page that a strict policy would refuse: nothing inline, nothing of others', async () => {
    const page = await readFile(path.join(built, 'frame.html'), 'utf8');
    expect(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/i.exec(page)).toBeNull();
    expect(page).toContain('</head>');
    for (const [, address = ''] of page.matchAll(/(?:src|href)="([^"]*)"/g))
      expect(address).toMatch(/^(\/widget\/assets\/|data:,$)/);
    const code = await Promise.all(
      ['widget.js', ...(await readdir(path.join(built, 'assets'))).map((name) => `assets/${name}`)]
        .filter((name) => !/\.(br|gz)$/.test(name))
        .map((name) => readFile(path.join(built, name), 'utf8')),
    );
    for (const text of code)
      expect(
        /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|sourceMappingURL/.exec(text),
      ).toBeNull();
  });
});
