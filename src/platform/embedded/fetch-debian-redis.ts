import { randomUUID } from 'node:crypto';
import { chmod, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RedisProgram } from './find-redis.js';
import { runCommand, type ServerAccount } from './run-command.js';

// The server itself lives in redis-tools; redis-server holds the name it goes by.
const PACKAGES = ['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1'];
// Never unpacked beside the system's own: these belong to the loader and must match it.
const SYSTEM_PACKAGES = new Set(['libc6', 'libgcc-s1']);

async function describe(folder: string): Promise<RedisProgram> {
  const usr = join(folder, 'usr');
  const libraries: string[] = [];
  for (const parent of [join(usr, 'lib'), join(folder, 'lib')]) {
    for (const entry of await readdir(parent).catch(() => [])) {
      if (/-linux-gnu/.test(entry)) libraries.push(join(parent, entry));
    }
  }
  return { path: join(usr, 'bin', 'redis-server'), libraryPath: libraries.join(':') || null };
}

function environmentFor(program: RedisProgram): Record<string, string> {
  return program.libraryPath === null ? {} : { LD_LIBRARY_PATH: program.libraryPath };
}

async function works(program: RedisProgram, account: ServerAccount | undefined): Promise<boolean> {
  if ((await lstat(program.path).catch(() => null)) === null) return false;
  const result = await runCommand(program.path, ['--version'], { account, env: environmentFor(program) });
  return result.code === 0;
}

/** apt with lists, cache and locks in a folder of our own, so that neither root nor a filled package list is needed. */
async function makeApt(work: string): Promise<(program: string, args: string[]) => Promise<boolean>> {
  const lists = join(work, 'lists');
  const cache = join(work, 'cache');
  await mkdir(join(lists, 'partial'), { recursive: true });
  await mkdir(join(cache, 'archives', 'partial'), { recursive: true });
  const own = ['-o', `Dir::State::Lists=${lists}`, '-o', `Dir::Cache=${cache}`, '-o', 'Debug::NoLocking=1'];
  const patience = ['-o', 'Acquire::http::Timeout=15', '-o', 'Acquire::https::Timeout=15', '-o', 'Acquire::Retries=1'];
  let useOwn = false;
  return async (program, args) => {
    const attempt = (): ReturnType<typeof runCommand> =>
      runCommand(program, [...(useOwn ? own : []), ...patience, '-o', 'APT::Sandbox::User=', '-q', ...args], {
        cwd: work,
        timeoutMs: 120_000,
      });
    if ((await attempt()).code === 0) return true;
    if (useOwn) return false;
    useOwn = true;
    if ((await runCommand('apt-get', [...own, ...patience, '-q', 'update'], { timeoutMs: 120_000 })).code !== 0) {
      return false;
    }
    return (await attempt()).code === 0;
  };
}

async function unpackAll(work: string, target: string): Promise<boolean> {
  for (const name of await readdir(work)) {
    if (!name.endsWith('.deb')) continue;
    if ((await runCommand('dpkg-deb', ['-x', join(work, name), target])).code !== 0) return false;
    await rm(join(work, name));
  }
  return true;
}

/** The packages that redis-tools names and that this system lacks, by apt's own word. */
async function furtherPackages(): Promise<string[]> {
  const answer = await runCommand('apt-cache', ['depends', 'redis-tools']);
  const names = [...answer.stdout.matchAll(/^\s*\|?Depends: ([a-z0-9][a-z0-9.+-]*)/gm)].map((match) => match[1] ?? '');
  return names.filter((name) => name !== '' && !SYSTEM_PACKAGES.has(name) && !PACKAGES.includes(name));
}

/**
 * Fetches Debian's Redis into a folder and unpacks it there, without root and without touching the system. Null where
 * there is no apt, no network, or no such package.
 */
export async function fetchDebianRedis(
  folder: string,
  account: ServerAccount | undefined,
  log: (message: string) => void,
): Promise<RedisProgram | null> {
  const ready = await describe(folder);
  if (await works(ready, account)) return ready;
  if ((await runCommand('dpkg-deb', ['--version'])).code !== 0) return null;
  if ((await runCommand('apt-get', ['--version'])).code !== 0) return null;
  log('Fetching Redis from the system’s package source (first time only).');
  const work = `${folder}.${randomUUID()}.new`;
  const target = join(work, 'unpacked');
  await mkdir(target, { recursive: true });
  await Promise.all([chmod(work, 0o755), chmod(target, 0o755)]);
  try {
    const apt = await makeApt(work);
    let some = false;
    // One by one: a later release may have renamed or dropped one of them.
    for (const name of PACKAGES) some = (await apt('apt-get', ['download', name])) || some;
    if (!some || !(await unpackAll(work, target))) return null;
    let program = await describe(target);
    if (!(await works(program, account))) {
      for (const name of await furtherPackages()) await apt('apt-get', ['download', name]);
      if (!(await unpackAll(work, target))) return null;
      program = await describe(target);
      if (!(await works(program, account))) return null;
    }
    await rm(folder, { recursive: true, force: true });
    await rename(target, folder);
    return await describe(folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
