// Adds to package-lock.json the optional packages for other kinds of machine that npm left out when it wrote the file
// (it does so when the registry it asked lacks one). `npm ci` refuses a lock file without them on every machine.
// They are named without a checksum: only a machine of that kind ever fetches them. Run it after `npm install`.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'];

const path = join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8'));
const wholeName = (place) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
const present = new Set(Object.keys(lock.packages).map(wholeName));
let added = 0;

for (const [place, parent] of Object.entries(lock.packages)) {
  if (place === '') continue;
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    if (present.has(name) || !/^\d+\.\d+\.\d+/.test(version)) continue;
    const words = name.slice(name.lastIndexOf('/') + 1).split('-');
    const system = SYSTEMS.find((one) => words.includes(one));
    const processor = PROCESSORS.find((one) => words.includes(one));
    // One whose machine the name does not tell would be fetched everywhere; that is for a person to look at.
    if (!system || !processor) {
      console.error(`${name}@${version} is missing, and its name does not say for which machine it is.`);
      process.exitCode = 1;
      continue;
    }
    lock.packages[`node_modules/${name}`] = {
      version,
      cpu: [processor],
      ...(parent.dev && { dev: true }),
      optional: true,
      os: [system],
    };
    present.add(name);
    added += 1;
  }
}

const packages = Object.entries(lock.packages).sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
writeFileSync(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`);
console.log(added === 0 ? 'Nothing was missing.' : `${added} packages added.`);
