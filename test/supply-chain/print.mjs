// `npm run sbom [-- file]`, `npm run licences` and `npm run advisories`.
import { writeFile } from 'node:fs/promises';
import '../support/typescript-loader.mjs';

const [what, file] = process.argv.slice(2);

const commands = {
  async sbom() {
    const [{ sbomOf }, { bundledPackages, readLock }] = await Promise.all([import('./sbom.ts'), import('./lock.ts')]);
    const text = `${JSON.stringify(sbomOf(await readLock(), await bundledPackages()), null, 2)}\n`;
    if (file === undefined) process.stdout.write(text);
    else await writeFile(file, text);
  },
  async licences() {
    const [{ licensesOf, refusedLicences }, { readShipped }] = await Promise.all([
      import('./licences.ts'),
      import('./lock.ts'),
    ]);
    const { lock, places } = await readShipped();
    const packages = licensesOf(lock, places);
    for (const { name, version, licence, ships } of packages)
      console.log(`${ships ? 'ships' : 'build'}  ${licence.padEnd(24)} ${name}@${version}`);
    const refused = refusedLicences(packages);
    for (const line of refused) console.error(`Not on the list of licences: ${line}`);
    if (refused.length > 0) process.exitCode = 1;
  },
  async advisories() {
    const { audit } = await import('./advisories.ts');
    const { checked, failures, notes } = await audit();
    for (const line of failures) console.log(`Mend: ${line}`);
    for (const line of notes) console.log(`${checked ? 'Known' : 'Not checked'}: ${line}`);
    if (checked && failures.length === 0) console.log('No high or critical advisory of anything that ships.');
    // 3: nothing was checked; the caller says so.
    process.exitCode = failures.length > 0 ? 1 : checked ? 0 : 3;
  },
};

const command = commands[what];
if (command === undefined) {
  console.error(`Say one of: ${Object.keys(commands).join(', ')}`);
  process.exitCode = 2;
} else await command();
