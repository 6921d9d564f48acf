import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, isSameProcessRunning, type ProcessIdentity } from './process-facts.js';
import { makeDataDirectory } from './server-account.js';

export interface DataDirectoryLock {
  /** Lets the next start have the directory. */
  release(): Promise<void>;
}

interface LockContent extends ProcessIdentity {
  readonly token: string;
}

function parse(text: string): LockContent | null {
  try {
    const value = JSON.parse(text) as Partial<LockContent> | null;
    if (typeof value?.pid !== 'number' || typeof value.token !== 'string') return null;
    return { pid: value.pid, startedAt: value.startedAt ?? null, token: value.token };
  } catch {
    return null;
  }
}

async function readLock(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Moves a lock out of the way that was found stale; puts it back when another start was faster and it is new. */
async function discardStale(path: string, judged: string): Promise<void> {
  const aside = `${path}.${randomUUID()}.stale`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if ((await readLock(aside)) !== judged) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

function inUse(directory: string, pid: number): Error {
  return new Error(
    `Parley already runs on ${directory} (process ${pid}). ` +
      `Stop that one first, or give this one a DATA_DIR and PORT of its own.`,
  );
}

function notOurs(directory: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    if (error.code !== 'EACCES' && error.code !== 'EPERM' && error.code !== 'EROFS') throw error;
    throw new Error(
      `The data directory ${directory} cannot be written by this user. ` +
        `Start as the user that it belongs to, or set DATA_DIR to another folder.`,
      { cause: error },
    );
  };
}

/**
 * Makes sure that one process at a time works on a data directory. A lock whose process is gone (or whose number now
 * belongs to another process) is taken over.
 */
export async function acquireDataDirectory(dataDir: string): Promise<DataDirectoryLock> {
  const directory = resolve(dataDir);
  await makeDataDirectory(directory).catch(notOurs(directory));
  const path = join(directory, 'parley.lock');
  const content = JSON.stringify({ ...(await identify(process.pid)), token: randomUUID() } satisfies LockContent);
  const own = `${path}.${randomUUID()}.new`;
  await writeFile(own, content, { mode: 0o600, flag: 'wx' }).catch(notOurs(directory));
  try {
    let tookOver = false;
    for (;;) {
      try {
        // Linking is the one step that both creates the file with its content and fails when there is one.
        await link(own, path);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        const text = await readLock(path);
        if (text === null) continue;
        const holder = parse(text);
        if (holder !== null && (await isSameProcessRunning(holder))) throw inUse(directory, holder.pid);
        await discardStale(path, text);
        tookOver = true;
        continue;
      }
      // Two starts may take over at the same moment: the one whose lock is still there a moment later has it.
      if (!tookOver) break;
      await sleep(50);
      if ((await readLock(path)) === content) break;
    }
  } finally {
    await rm(own, { force: true });
  }
  return {
    release: async () => {
      if ((await readLock(path)) === content) await unlink(path).catch(() => undefined);
    },
  };
}
