import { createHash } from 'node:crypto';
import { type Lock, nameOf, neededBy, shipped } from './lock.js';

export interface Component {
  readonly type: 'library' | 'application';
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly scope?: 'required' | 'optional';
  readonly licenses?: readonly { readonly expression: string }[];
  readonly hashes?: readonly { readonly alg: 'SHA-512'; readonly content: string }[];
}

/** A list of parts in CycloneDX's form. */
export interface Sbom {
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: '1.5';
  readonly serialNumber: string;
  readonly version: 1;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/**
 * The parts that Parley ships with, from the lock file. The same lock gives the same bytes. (`npm sbom` is not used: with
 * `--omit dev` it leaves out what development tools use too, and without it refuses trees with a foreign peer version.)
 */
export function sbomOf(lock: Lock, bundled: readonly string[]): Sbom {
  const places = shipped(lock, bundled);
  const byRef = new Map<string, string>([...places].sort().map((place) => [purlOf(lock, place), place]));
  const own: Component = {
    type: 'application',
    'bom-ref': `pkg:npm/parley@${lock.version}`,
    name: 'parley',
    version: lock.version,
    purl: `pkg:npm/parley@${lock.version}`,
    licenses: [{ expression: lock.packages['']?.license ?? 'Apache-2.0' }],
  };
  const refs = (needed: readonly string[]) => [...new Set(needed.map((place) => purlOf(lock, place)))].sort();
  const direct = [...neededBy(lock, ''), ...bundled.map((name) => `node_modules/${name}`)].filter((place) =>
    places.has(place),
  );
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify([...byRef.keys(), lock.version]))}`,
    version: 1,
    metadata: { component: own },
    components: [...byRef].map(([ref, place]) => componentOf(lock, ref, place)),
    dependencies: [
      { ref: own['bom-ref'], dependsOn: refs(direct) },
      ...[...byRef].map(([ref, place]) => ({ ref, dependsOn: refs(neededBy(lock, place)) })),
    ],
  };
}

function componentOf(lock: Lock, ref: string, place: string): Component {
  const { version = '', license, integrity, optional } = lock.packages[place] ?? {};
  const sha512 = integrity?.split(' ').find((one) => one.startsWith('sha512-'));
  return {
    type: 'library',
    'bom-ref': ref,
    name: nameOf(place),
    version,
    purl: ref,
    scope: optional === true ? 'optional' : 'required',
    ...(license !== undefined && { licenses: [{ expression: license }] }),
    ...(sha512 !== undefined && {
      hashes: [{ alg: 'SHA-512', content: Buffer.from(sha512.slice(7), 'base64').toString('hex') }],
    }),
  };
}

function purlOf(lock: Lock, place: string): string {
  return `pkg:npm/${nameOf(place).replace('@', '%40')}@${lock.packages[place]?.version ?? ''}`;
}

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  // Version 8: made from what it names.
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
