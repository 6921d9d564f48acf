import { isAllowed, licensesOf, refusedLicences } from './licences.js';
import { type Lock, readShipped } from './lock.js';

describe('the licences of the libraries (case O1)', () => {
  it('are known and allowed, each for what its package is used for', async () => {
    const { lock, places } = await readShipped();
    const packages = licensesOf(lock, places);
    expect(packages.filter(({ ships }) => ships).length).toBeGreaterThan(200);
    expect(refusedLicences(packages)).toEqual([]);
  });

  it('would be seen to be forbidden, unknown, or for building only', () => {
    const lock: Lock = {
      version: '0.1.0',
      packages: {
        '': {},
        'node_modules/a': { version: '1.0.0', integrity: 'sha512-a', license: 'GPL-3.0-only' },
        'node_modules/b': { version: '2.0.0', integrity: 'sha512-b' },
        'node_modules/c': { version: '3.0.0', integrity: 'sha512-c', license: 'MPL-2.0' },
        'node_modules/d': { version: '4.0.0', integrity: 'sha512-d', license: 'MPL-2.0', dev: true },
        'node_modules/e': { version: '5.0.0', integrity: 'sha512-e', license: 'LGPL-3.0-or-later' },
        'node_modules/@img/sharp-x': { version: '6.0.0', integrity: 'sha512-f', license: 'LGPL-3.0-or-later' },
      },
    };
    const places = new Set(['a', 'b', 'c', 'e', '@img/sharp-x'].map((name) => `node_modules/${name}`));
    expect(refusedLicences(licensesOf(lock, places))).toEqual([
      'a@1.0.0 (ships): GPL-3.0-only',
      'b@2.0.0 (ships): unknown',
      'c@3.0.0 (ships): MPL-2.0',
      'e@5.0.0 (ships): LGPL-3.0-or-later',
    ]);
  });

  it.each([
    ['MIT', true],
    ['GPL-3.0-only', false],
    ['(MIT OR GPL-3.0-only)', true],
    ['(MIT AND GPL-3.0-only)', false],
    ['MIT AND (ISC OR GPL-3.0-only)', true],
    ['GPL-3.0-only OR ISC AND MIT', true],
    ['(MIT', false],
    ['SEE LICENSE IN FILE', false],
    ['MIT ISC', false],
    ['', false],
  ])('reads the expression %j', (expression, allowed) => {
    expect(isAllowed(expression, new Set(['MIT', 'ISC']))).toBe(allowed);
  });
});
