import { existsSync, globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a page names in backticks that can only be a file or folder of the project. */
function placesIn(text: string): string[] {
  const words = [...text.matchAll(/`([^`\s]+)`/gu)].map(([, word = '']) => word);
  return words.filter((word) => word.includes('/') && !/[<>{}:*]|^@|^\//u.test(word));
}

/** Whether there is such a place: from the root, or in a dashboard's or module's own folder. */
function exists(place: string): boolean {
  const names = [place, `apps/dashboard/src/${place}`, `${place}.ts`];
  return names.some((name) => existsSync(path.join(root, name)));
}

describe('the recipe for a channel', () => {
  it('names only files and folders that there are', async () => {
    const places = placesIn(await readFile(path.join(root, 'docs/add-a-channel.md'), 'utf8'));
    expect(places.length).toBeGreaterThan(12);
    expect(places.filter((place) => !exists(place))).toEqual([]);
  });

  it('is followed by every channel with a platform: a definition, a connection and specs in a folder of its own', () => {
    for (const name of ['telegram', 'line']) {
      const files = globSync(`src/channels/${name}/*.ts`, { cwd: root }).map((file) => path.basename(file));
      expect(files).toEqual(
        expect.arrayContaining([`${name}.channel.ts`, `connect-${name}.ts`, `${name}.resolver.ts`]),
      );
      expect(files.some((file) => file.endsWith('.spec.ts'))).toBe(true);
    }
  });

  it('would be found out: a place that is none is named', () => {
    const text = 'See `src/channels/none` and `docs/add-a-channel.md`, not `connect-<name>.ts` or `disconnect.at`.';
    expect(placesIn(text).filter((place) => !exists(place))).toEqual(['src/channels/none']);
  });
});
