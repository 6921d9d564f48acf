import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..', '..');

/** What package-lock.json says of one installed package. */
export interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly link?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** package-lock.json: each package by its place in node_modules; the project itself is at ''. */
export interface Lock {
  readonly version: string;
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** The lock file of the checkout. */
export async function readLock(): Promise<Lock> {
  return JSON.parse(await readFile(path.join(root, 'package-lock.json'), 'utf8')) as Lock;
}

/** `@scope/name` of a place such as `node_modules/a/node_modules/@scope/name`. */
export function nameOf(place: string): string {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** Where Node finds a package that another one asks for; null when it is not installed. */
export function resolveFrom(lock: Lock, place: string, name: string): string | null {
  for (let at = place; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const candidate = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (lock.packages[candidate] !== undefined) return candidate;
    if (at === '') return null;
  }
}

/** The places of the packages that one package runs with. */
export function neededBy(lock: Lock, place: string): string[] {
  const entry = lock.packages[place] ?? {};
  const peers = Object.keys(entry.peerDependencies ?? {}).filter(
    (name) => entry.peerDependenciesMeta?.[name]?.optional !== true,
  );
  const names = [...Object.keys(entry.dependencies ?? {}), ...Object.keys(entry.optionalDependencies ?? {}), ...peers];
  return [...new Set(names)].map((name) => resolveFrom(lock, place, name)).filter((found) => found !== null);
}

/**
 * The places of everything that reaches those who run or open Parley: what the server runs with, and what the build puts
 * into the pages (`bundled`, which package.json rightly calls development dependencies).
 */
export function shipped(lock: Lock, bundled: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [
    ...neededBy(lock, ''),
    ...bundled.map((name) => resolveFrom(lock, '', name)).filter((place) => place !== null),
  ];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    if (found.has(place)) continue;
    found.add(place);
    waiting.push(...neededBy(lock, place));
  }
  return found;
}

const imports = /(?:from|import)\s*\(?\s*'([^'.][^']*)'/g;

/** The packages that the sources of the pages import. */
export async function bundledPackages(): Promise<readonly string[]> {
  const names = new Set<string>();
  for (const folder of ['apps/dashboard/src', 'apps/widget/src', 'libs']) {
    const files = await readdir(path.join(root, folder), { recursive: true }).catch(() => []);
    for (const file of files) {
      if (!/\.tsx?$/.test(file) || /\.spec\.tsx?$|codegen\.ts$/.test(file)) continue;
      const source = await readFile(path.join(root, folder, file), 'utf8');
      for (const [, specifier = ''] of source.matchAll(imports)) {
        if (specifier.startsWith('node:')) continue;
        const parts = specifier.split('/');
        names.add(parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/'));
      }
    }
  }
  return [...names].sort();
}

/** Reads the lock file and tells what ships. */
export async function readShipped(): Promise<{ lock: Lock; places: ReadonlySet<string> }> {
  const lock = await readLock();
  return { lock, places: shipped(lock, await bundledPackages()) };
}
