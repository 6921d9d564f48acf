import { table } from '../architecture/printed/table.js';
import { type Lock, nameOf, neededBy, readShipped } from './lock.js';

/** Licences under which code may be passed on within Parley. */
const forShipping = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  // MIT without its one condition (that the notice is kept): the Open Source Initiative lists it, and it asks less than MIT.
  'MIT-0',
  'Unlicense',
  // Of pako, a part of which is zlib: change what you like, say that you did, and do not claim to have written it.
  'Zlib',
]);

/**
 * Packages that hold a library under a licence that asks for more, each with the reason why it may be passed on. What
 * decodes pictures is libvips, as its makers build it: a shared library in a package of its own, unchanged, loaded when it
 * is needed and replaced by putting another in its place. That is what the LGPL asks of whoever passes it on.
 */
const linkedLibraries = { name: /^@img\/sharp-/, licence: 'LGPL-3.0-or-later' } as const;

/** Licences that in addition may be used to build and test with; nothing of these packages is passed on. */
const forBuilding = new Set([...forShipping, 'CC-BY-4.0', 'MPL-2.0', 'Python-2.0']);

/** Packages whose package.json names no licence, or a family of them, with the one that the text in the package was read to be. */
const readByHand: Readonly<Record<string, string>> = {
  duck: 'BSD-2-Clause',
  'passport-strategy': 'MIT',
  pause: 'MIT',
};

export interface Licensed {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly ships: boolean;
}

/** Each package of the lock with its licence; `unknown` where none is named. */
export function licensesOf(lock: Lock, places: ReadonlySet<string>): Licensed[] {
  const found = new Map<string, Licensed>();
  for (const [place, { version = '' }] of Object.entries(lock.packages)) {
    if (place === '') continue;
    const name = nameOf(place);
    const key = `${name}@${version}`;
    const ships = places.has(place) || found.get(key)?.ships === true;
    found.set(key, { name, version, licence: licenceOf(lock, place), ships });
  }
  return [...found.values()].sort((one, other) =>
    `${one.name}@${one.version}` < `${other.name}@${other.version}` ? -1 : 1,
  );
}

/** The packages whose licence is unknown or not on the list that counts for them. */
export function refusedLicences(packages: readonly Licensed[]): string[] {
  return packages
    .filter(({ name, licence, ships }) => !isAllowed(licence, allowedFor(name, ships ? forShipping : forBuilding)))
    .map(({ name, version, licence, ships }) => `${name}@${version} (${ships ? 'ships' : 'build only'}): ${licence}`);
}

function allowedFor(name: string, list: ReadonlySet<string>): ReadonlySet<string> {
  return linkedLibraries.name.test(name) ? new Set([...list, linkedLibraries.licence]) : list;
}

/** docs/licences.md. */
export async function printLicences(): Promise<string> {
  const { lock, places } = await readShipped();
  const packages = licensesOf(lock, places);
  const shippedOnes = packages.filter(({ ships }) => ships);
  const counted = [...Map.groupBy(packages, ({ licence }) => licence)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([licence, all]) => {
      const ships = all.filter((one) => one.ships).length;
      return [licence, String(ships), String(all.length - ships)];
    });
  return `# Licences of the libraries

Printed by \`npm run print\` from package-lock.json. What a licence must be to pass is in \`test/supply-chain/licences.ts\`;
the checks fail for one that is unknown or not listed there.

${table(['licence', 'packages that ship', 'packages to build and test with'], counted)}

## What ships

What the server runs with, and what the build puts into the pages. Optional packages for other kinds of machine included.

${table(
  ['package', 'version', 'licence'],
  shippedOnes.map(({ name, version, licence }) => [name, version, licence]),
)}
`;
}

function licenceOf(lock: Lock, place: string): string {
  const entry = lock.packages[place];
  const named = readByHand[nameOf(place)] ?? entry?.license;
  if (named !== undefined) return named;
  // A platform package that is not at hand here is a part of the package that asks for it.
  if (entry?.integrity !== undefined || entry?.optional !== true) return 'unknown';
  const whole = Object.keys(lock.packages).find((other) => neededBy(lock, other).includes(place));
  return lock.packages[whole ?? '']?.license ?? 'unknown';
}

/** Whether an SPDX expression can be met with the licences of a list. */
export function isAllowed(expression: string, allowed: ReadonlySet<string>): boolean {
  const words = expression.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const any = (): boolean => {
    let met = all();
    while (words[at] === 'OR') {
      at += 1;
      met = all() || met;
    }
    return met;
  };
  const all = (): boolean => {
    let met = one();
    while (words[at] === 'AND') {
      at += 1;
      met = one() && met;
    }
    return met;
  };
  const one = (): boolean => {
    const word = words[at++];
    if (word !== '(') return word !== undefined && allowed.has(word);
    const met = any();
    return words[at++] === ')' && met;
  };
  const met = any();
  return met && at === words.length;
}
