import { lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchDebianRedis } from './fetch-debian-redis.js';
import { runCommand, type ServerAccount } from './run-command.js';
import { canReach } from './server-account.js';

export interface RedisProgram {
  readonly path: string;
  /** Folders of libraries that were unpacked beside it. */
  readonly libraryPath: string | null;
}

const NAMES = ['redis-server', 'valkey-server'];
const FOLDERS = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin', '/usr/sbin', '/opt/bin'];

async function findInstalled(account: ServerAccount | undefined): Promise<RedisProgram | null> {
  for (const name of NAMES) {
    // The shell looks along the path; the folders are for starts with an empty environment.
    const onPath = await runCommand('/bin/sh', ['-c', 'command -v "$1"', 'sh', name]);
    for (const path of [onPath.stdout.trim(), ...FOLDERS.map((folder) => join(folder, name))]) {
      if (!path.startsWith('/') || (await lstat(path).catch(() => null)) === null) continue;
      if (!(await canReach(account, path))) continue;
      const works = await runCommand(path, ['--version'], { account });
      if (works.code === 0) return { path, libraryPath: null };
    }
  }
  return null;
}

/**
 * Finds a Redis (or Valkey) to run: one that is installed, else Debian's, fetched and unpacked without root; or null.
 * What is fetched is kept in the first of the folders that the account can get to.
 */
export async function findRedis(
  folders: readonly string[],
  account: ServerAccount | undefined,
  log: (message: string) => void,
): Promise<RedisProgram | null> {
  const installed = await findInstalled(account);
  if (installed) return installed;
  for (const folder of folders) {
    await mkdir(folder, { recursive: true }).catch(() => undefined); // a place we may not write to is passed over
    if (await canReach(account, folder)) return fetchDebianRedis(join(folder, 'program'), account, log);
  }
  return null;
}
