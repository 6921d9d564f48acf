import { randomUUID } from 'node:crypto';
import { chown, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PostgresBinaries } from './postgres-binaries.js';
import { BARE_ENVIRONMENT, runCommand, type ServerAccount } from './run-command.js';
import { makePrivateFolder } from './server-account.js';

/** The superuser's name; the application never connects as it. */
export const ADMIN_ROLE = 'parley_admin';

// The character type decides which letters the trigram index sees: under plain C it would drop every one outside ASCII.
const CHARACTER_TYPES = ['C.UTF-8', 'en_US.UTF-8', 'C'];

async function initialise(
  binaries: PostgresBinaries,
  folder: string,
  passwordFile: string,
  account: ServerAccount | undefined,
): Promise<void> {
  let problem = '';
  for (const characterType of CHARACTER_TYPES) {
    const result = await runCommand(
      binaries.initdb,
      [
        `--pgdata=${folder}`,
        `--username=${ADMIN_ROLE}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        `--lc-ctype=${characterType}`,
        '--text-search-config=simple',
        '--data-checksums',
      ],
      { account, env: BARE_ENVIRONMENT, timeoutMs: 180_000 },
    );
    if (result.code === 0) return;
    problem = result.stderr.trim();
    if (!/locale/i.test(problem)) break;
  }
  throw new Error(`The database could not be created: ${problem}`);
}

/** Creates the database files when there are none; a creation that was cut off is thrown away and begun again. */
export async function ensureCluster(options: {
  binaries: PostgresBinaries;
  home: string;
  adminPassword: string;
  account: ServerAccount | undefined;
  log: (message: string) => void;
}): Promise<string> {
  const { binaries, home, account } = options;
  const cluster = join(home, 'cluster');
  const made = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new Error(`The database in ${cluster} belongs to another user. Start as that user, or as root.`, {
      cause: error,
    });
  });
  if (made !== null) {
    const brought = binaries.version.split('.')[0] ?? '';
    if (made.trim() !== brought) {
      throw new Error(
        `The database in ${cluster} was made by Postgres ${made.trim()}, and this release brings Postgres ${brought}. ` +
          `Take a backup with the release that made it, and restore it into a new DATA_DIR with this one.`,
      );
    }
    return cluster;
  }
  options.log('Creating the database (first time only).');
  const unfinished = join(home, 'cluster.new');
  const passwordFile = join(home, `.${randomUUID()}`);
  await rm(unfinished, { recursive: true, force: true });
  await makePrivateFolder(unfinished, account);
  try {
    await writeFile(passwordFile, options.adminPassword, { mode: 0o600 });
    if (account) await chown(passwordFile, account.uid, account.gid);
    await initialise(binaries, unfinished, passwordFile, account);
    await rename(unfinished, cluster);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(unfinished, { recursive: true, force: true });
  }
  return cluster;
}
