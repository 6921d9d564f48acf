import { randomBytes } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { removeAbandonedFiles } from './abandoned-files.js';
import { findFreePort, isPortFree } from './free-port.js';
import { preparePostgresBinaries } from './postgres-binaries.js';
import { ADMIN_ROLE, ensureCluster } from './postgres-cluster.js';
import { endPostgres, findOrphan, startPostgresProcess, type PostgresPlace } from './postgres-process.js';
import { APP_ROLE, askServer, DATABASE, ensureRolesAndDatabase, OWNER_ROLE } from './postgres-roles.js';
import { readPrivateJson, writePrivateFile } from './private-file.js';
import type { ProcessIdentity } from './process-facts.js';
import { canReach, chooseServerHome, findServerAccount, makeDataDirectory } from './server-account.js';
import { supervise } from './supervise.js';

export interface EmbeddedPostgresOptions {
  readonly dataDir: string;
  /** The port of 127.0.0.1 to listen on; left out, a free one is chosen and remembered. */
  readonly port?: number;
  log: (message: string) => void;
}

export interface EmbeddedPostgres {
  /** For migrations: owns the database, is bound by row security. */
  readonly ownerUrl: string;
  /** For the server: rows of listed tables and nothing else. */
  readonly appUrl: string;
  /** The superuser; only tests use it, to create databases from a template. */
  readonly adminUrl: string;
  /** True when a server was found running that an earlier, killed process had left behind. */
  readonly adopted: boolean;
  stop(): Promise<void>;
}

interface Access {
  readonly port: number;
  /** Where the files are when they could not be in the data directory. */
  readonly relocatedTo: string | null;
  readonly passwords: { readonly admin: string; readonly owner: string; readonly app: string };
}

function newPassword(): string {
  return randomBytes(24).toString('base64url');
}

function urlOf(role: string, password: string, port: number, database: string): string {
  return `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;
}

async function choosePort(wanted: number | undefined, remembered: number | undefined): Promise<number> {
  if (wanted === undefined) return findFreePort(remembered);
  if (await isPortFree(wanted)) return wanted;
  throw new Error(`Port ${wanted} of 127.0.0.1, meant for Postgres, is taken by another program.`);
}

/** An orphan goes on when it answers, is of the release we bring, and listens where it should; else it is ended. */
async function adoptOrEnd(
  cluster: string,
  version: string,
  options: EmbeddedPostgresOptions,
  adminPassword: string,
): Promise<{ process: ProcessIdentity; port: number } | null> {
  const orphan = await findOrphan(cluster);
  if (orphan === null) return null;
  const answer = await askServer(urlOf(ADMIN_ROLE, adminPassword, orphan.port, 'postgres'));
  const fits =
    answer !== null &&
    answer.version === version &&
    (await realpath(answer.dataDirectory)) === (await realpath(cluster)) &&
    (options.port === undefined || options.port === orphan.port);
  if (fits) {
    options.log(`Postgres still runs from an earlier start (process ${orphan.process.pid}). Going on with it.`);
    return orphan;
  }
  options.log(`Stopping a Postgres that an earlier start left behind (process ${orphan.process.pid}).`);
  await endPostgres(orphan.process, answer !== null);
  return null;
}

/**
 * Starts the Postgres that npm brought along, on files in the data directory, and keeps it running until `stop`.
 * A server that outlived a killed process is gone on with. Roles and database are there when this returns; tables are
 * what migrations make.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  const inside = join(dataDir, 'postgres');
  const accessFile = join(inside, 'access.json');
  await makeDataDirectory(dataDir);
  const known = (await readPrivateJson(accessFile)) as Access | null;

  const account = await findServerAccount(known ? join(known.relocatedTo ?? inside, 'cluster') : undefined);
  let relocatedTo = known?.relocatedTo ?? null;
  if (known === null) {
    const chosen = await chooseServerHome(dataDir, 'postgres', account);
    if (chosen.relocated) {
      relocatedTo = chosen.home;
      options.log(`The database lives in ${chosen.home}, because ${account?.name ?? ''} cannot reach ${dataDir}.`);
    }
  }
  const home = relocatedTo ?? inside;
  if (!(await canReach(account, home))) {
    throw new Error(`The user ${account?.name ?? ''} cannot reach the database in ${home}. Open its parent folders.`);
  }
  const passwords = known?.passwords ?? { admin: newPassword(), owner: newPassword(), app: newPassword() };
  // Written before the files are made, so that no database can exist whose password is lost.
  if (known === null) await writePrivateFile(accessFile, JSON.stringify({ port: 0, relocatedTo, passwords }));

  const binaries = await preparePostgresBinaries(account, relocatedTo ? dirname(home) : inside);
  const cluster = await ensureCluster({ binaries, home, adminPassword: passwords.admin, account, log: options.log });
  const orphan = await adoptOrEnd(cluster, binaries.version, options, passwords.admin);
  const port = orphan?.port ?? (await choosePort(options.port, known?.port || undefined));
  if (port !== known?.port) {
    await writePrivateFile(accessFile, JSON.stringify({ port, relocatedTo, passwords } satisfies Access));
  }

  const place: PostgresPlace = { program: binaries.postgres, cluster, home, port, account };
  const running = orphan?.process ?? (await startPostgresProcess(place));
  const supervisor = supervise({
    name: 'Postgres',
    running,
    start: () => startPostgresProcess(place),
    end: (process) => endPostgres(process),
    log: options.log,
  });
  const adminUrl = urlOf(ADMIN_ROLE, passwords.admin, port, 'postgres');
  try {
    await ensureRolesAndDatabase(adminUrl, passwords);
    const databaseUrl = urlOf(ADMIN_ROLE, passwords.admin, port, DATABASE);
    if (orphan === null && (await removeAbandonedFiles(databaseUrl, cluster)) > 0)
      options.log('Removed what Postgres was writing when it was killed.');
  } catch (error) {
    await supervisor.stop();
    throw new Error(`The database's roles could not be set up: ${(error as Error).message}`, { cause: error });
  }
  return {
    ownerUrl: urlOf(OWNER_ROLE, passwords.owner, port, DATABASE),
    appUrl: urlOf(APP_ROLE, passwords.app, port, DATABASE),
    adminUrl,
    adopted: orphan !== null,
    stop: () => supervisor.stop(),
  };
}
