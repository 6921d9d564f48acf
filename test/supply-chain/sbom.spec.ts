import { bundledPackages, nameOf, readLock } from './lock.js';
import { type Sbom, sbomOf } from './sbom.js';

describe('the list of parts (SBOM, goal G26)', () => {
  let sbom: Sbom;
  let lock: Awaited<ReturnType<typeof readLock>>;

  beforeAll(async () => {
    lock = await readLock();
    sbom = sbomOf(lock, await bundledPackages());
  });

  it('names every production dependency of the lock with its checksum', () => {
    const parts = new Map(sbom.components.map((component) => [component.purl, component]));
    // npm's own mark says what production needs; `devOptional` are peers that nothing in production asks for.
    const production = Object.entries(lock.packages).filter(
      ([place, { dev, devOptional }]) => place !== '' && dev !== true && devOptional !== true,
    );
    expect(production.length).toBeGreaterThan(200);
    for (const [place, { version = '', integrity }] of production) {
      const purl = `pkg:npm/${nameOf(place).replace('@', '%40')}@${version}`;
      const digest =
        integrity === undefined ? [] : [Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex')];
      expect([purl, parts.get(purl)?.hashes?.map(({ content }) => content) ?? []]).toEqual([purl, digest]);
    }
  });

  it('names what the build puts into the pages, and nothing that only tests or builds', () => {
    const names = new Set(sbom.components.map(({ name }) => name));
    for (const name of ['react', 'react-dom', 'urql', 'radix-ui', '@radix-ui/react-dialog', 'wouter'])
      expect([name, names.has(name)]).toEqual([name, true]);
    for (const name of ['jest', 'eslint', 'prettier', 'vite', 'playwright-core'])
      expect([name, names.has(name)]).toEqual([name, false]);
  });

  it('tells who needs whom, with references that all lead somewhere', () => {
    const refs = new Set([sbom.metadata.component['bom-ref'], ...sbom.components.map((one) => one['bom-ref'])]);
    expect(refs.size).toBe(sbom.components.length + 1);
    expect(sbom.dependencies.map(({ ref }) => ref).filter((ref) => !refs.has(ref))).toEqual([]);
    expect(sbom.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.has(ref))).toEqual([]);
    const [own] = sbom.dependencies;
    const direct = Object.keys(lock.packages['']?.dependencies ?? {}).map(
      (name) => `pkg:npm/${name.replace('@', '%40')}@`,
    );
    for (const start of direct)
      expect([start, own?.dependsOn.some((ref) => ref.startsWith(start))]).toEqual([start, true]);
  });

  it('is the same for the same lock file', async () => {
    expect(sbomOf(await readLock(), await bundledPackages())).toEqual(sbom);
  });
});
