import { type Source, committed, difference, documents, withSource } from './printed/documents.js';

describe('the files that are printed from the code', () => {
  let printed: ReadonlyMap<string, string>;

  beforeAll(async () => {
    printed = await withSource(async (source: Source) => {
      const all = new Map<string, string>();
      for (const [file, print] of Object.entries(documents)) all.set(file, await print(source));
      return all;
    });
  }, 60_000);

  it.each(Object.keys(documents))('%s is committed as the code prints it', async (file) => {
    expect(difference(file, await committed(file), printed.get(file) ?? '')).toBeNull();
  });

  it('would be seen to differ, with the way out', () => {
    expect(difference('a.md', 'one\ntwo\n', 'one\n2\n')).toBe(
      'a.md is not what the code prints: run `npm run print` and commit it. They part at line 2:\n- two\n+ 2',
    );
    expect(difference('a.md', 'one\n', 'one\ntwo\n')).toMatch(/- \n\+ two$/);
  });
});
