import { installScripts, lockFaults } from './lock-faults.js';
import { type Lock, type LockedPackage, readLock } from './lock.js';

const good: LockedPackage = { version: '1.0.0', integrity: 'sha512-abc=' };
const lockWith = (entry: LockedPackage, root: LockedPackage = {}): Lock => ({
  version: '0.1.0',
  packages: { '': root, 'node_modules/one': entry },
});

describe('the lock file (case O1)', () => {
  it('names everything exactly, with a checksum, from the registry, and needs no install script', async () => {
    const lock = await readLock();
    expect(Object.keys(lock.packages).length).toBeGreaterThan(300);
    expect(lockFaults(lock)).toEqual([]);
  });

  it('is installed from without anybody else’s scripts', async () => {
    const { readFile } = await import('node:fs/promises');
    const installer = await readFile(new URL('../../tools/install.mjs', import.meta.url), 'utf8');
    expect(installer).toMatch(/const args = \['ci', '--ignore-scripts'/);
    for (const [name, reason] of Object.entries(installScripts))
      expect([name, reason]).toEqual([name, expect.stringMatching(/\w+ \w+/)]);
  });

  it.each<[string, LockedPackage, string]>([
    ['no checksum', { version: '1.0.0' }, 'node_modules/one has no checksum'],
    ['no checksum though optional', { version: '1.0.0', optional: true }, 'node_modules/one has no checksum'],
    ['a weak checksum', { ...good, integrity: 'sha1-abc=' }, 'node_modules/one has a weak checksum'],
    [
      'a foreign source',
      { ...good, resolved: 'https://example.com/one.tgz' },
      'node_modules/one comes from somewhere else than the registry',
    ],
    [
      'a repository as source',
      { ...good, resolved: 'git+ssh://git@example.com/one.git#abc' },
      'node_modules/one comes from somewhere else than the registry',
    ],
    ['a link', { ...good, link: true }, 'node_modules/one is a link to a folder'],
    [
      'a new install script',
      { ...good, hasInstallScript: true },
      'one has an install script that nobody has looked at (test/supply-chain/lock-faults.ts)',
    ],
  ])('is refused with %s', (_what, entry, fault) => {
    expect(lockFaults(lockWith(entry), {})).toEqual([fault]);
  });

  it('is refused with a version left open, or a reviewed script that is gone', () => {
    const root = { dependencies: { one: '^1.0.0' }, devDependencies: { two: 'latest', three: '1.0.0-beta.1' } };
    expect(lockFaults(lockWith(good, root), { one: 'was looked at' })).toEqual([
      'package.json asks for one@^1.0.0, which is no exact version',
      'package.json asks for two@latest, which is no exact version',
      'one has no install script any more: take it off the list',
    ]);
  });

  it('may lack the checksum of a package for another kind of machine', () => {
    expect(lockFaults(lockWith({ version: '1.0.0', optional: true, os: ['aix'], cpu: ['ppc64'] }), {})).toEqual([]);
  });
});
