import { createHash, randomUUID } from 'node:crypto';
import { chmod, chown, mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand, type ServerAccount } from './run-command.js';

const RELOCATED = '/var/lib/parley';

async function lookUp(match: (name: string, uid: number) => boolean): Promise<ServerAccount | undefined> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  for (const line of passwd.split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (name && uid && gid && match(name, Number(uid))) return { name, uid: Number(uid), gid: Number(gid) };
  }
  return undefined;
}

/**
 * The account that a database server runs as. Postgres refuses to run as root, so root hands over to the owner of the
 * data that is there already, else to `parley` or `postgres`, else to a system user made for it, else to `nobody`.
 * Anybody else runs it as themselves (undefined).
 */
export async function findServerAccount(existingData?: string): Promise<ServerAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  if (existingData !== undefined) {
    const owner = await stat(existingData).catch(() => null);
    if (owner !== null && owner.uid !== 0) {
      const known = await lookUp((_name, uid) => uid === owner.uid);
      return known ?? { name: String(owner.uid), uid: owner.uid, gid: owner.gid };
    }
  }
  for (const wanted of ['parley', 'postgres']) {
    const account = await lookUp((name) => name === wanted);
    if (account) return account;
  }
  await runCommand('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    'parley',
  ]);
  const account = (await lookUp((name) => name === 'parley')) ?? (await lookUp((name) => name === 'nobody'));
  if (account) return account;
  throw new Error(
    'Postgres does not run as root, and no other user was found. Start as an ordinary user, or set DATABASE_URL.',
  );
}

/** Whether the account can get to a folder or program; tried, because access lists and mounts decide too. */
export async function canReach(account: ServerAccount | undefined, path: string): Promise<boolean> {
  const result = await runCommand('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], { account, env: {} });
  return result.code === 0;
}

/** Makes a folder of ours that others may pass through but not look into, whatever the umask is. */
async function makePassage(path: string): Promise<void> {
  if ((await mkdir(path, { recursive: true })) !== undefined) await chmod(path, 0o711);
}

/**
 * Makes the data directory when there is none. Root's database server runs as another user, which must be able to pass
 * through it; anybody else keeps it to themselves. One that is there already is left as it is.
 */
export async function makeDataDirectory(dataDir: string): Promise<void> {
  if (process.getuid?.() === 0) await makePassage(dataDir);
  else await mkdir(dataDir, { recursive: true, mode: 0o700 });
}

/** Makes a folder that belongs to the account and that nobody else may look into. */
export async function makePrivateFolder(path: string, account: ServerAccount | undefined): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  if (account) await chown(path, account.uid, account.gid);
}

/**
 * Chooses where a server's files live: in the data directory, or, when root keeps that where the account cannot get to
 * (root's own home is closed to others), in a folder of their own under /var/lib/parley.
 */
export async function chooseServerHome(
  dataDir: string,
  name: string,
  account: ServerAccount | undefined,
): Promise<{ home: string; relocated: boolean }> {
  const inside = join(dataDir, name);
  if (!account) {
    await mkdir(inside, { recursive: true, mode: 0o700 });
    return { home: inside, relocated: false };
  }
  await makePassage(inside);
  if (await canReach(account, inside)) return { home: inside, relocated: false };
  const id = createHash('sha256').update(`${inside}\0${randomUUID()}`).digest('hex').slice(0, 16);
  const home = join(RELOCATED, id, name);
  await makePassage(RELOCATED);
  await makePassage(join(RELOCATED, id));
  await makePassage(home);
  if (await canReach(account, home)) return { home, relocated: true };
  throw new Error(`The user ${account.name} can reach neither ${inside} nor ${home}. Set DATA_DIR to a folder it can.`);
}
