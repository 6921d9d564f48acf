import path from 'node:path';
import { currentEnvironment } from '../platform/config/index.js';
import { openSystemDatabase } from '../platform/database/index.js';
import { acquireDataDirectory, findEmbeddedPostgres, startEmbeddedPostgres } from '../platform/embedded/index.js';
import { type Databases, Refused } from './command.js';

/** Where the deployment's database is: for the server's role, and for the owner; null where nobody said who that is. */
export interface DatabaseUrls {
  readonly appUrl: string;
  readonly ownerUrl: string | null;
}

/** Runs work on the deployment's database: the one of DATABASE_URL, or the embedded one, started for as long if need be. */
export function withDatabase<Result>(work: (databases: Databases) => Promise<Result>): Promise<Result> {
  return withUrls(({ appUrl }) => connected(appUrl, work));
}

/** The same, for work that opens the database itself. */
export async function withUrls<Result>(work: (urls: DatabaseUrls) => Promise<Result>): Promise<Result> {
  const { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl, DATA_DIR: dataDir } = currentEnvironment();
  if (appUrl !== undefined) return work({ appUrl, ownerUrl: ownerUrl ?? null });
  const embedded = await findEmbeddedPostgres(dataDir);
  if (embedded === null)
    throw new Refused(
      `There is no database in ${path.resolve(dataDir)} yet. Start Parley once, or set DATA_DIR or DATABASE_URL as the server has it.`,
    );
  if (embedded.isRunning) return work(embedded);
  return withEmbedded(dataDir, work);
}

/** Runs work on the embedded database, made if there is none; the server must not run. */
export async function withEmbedded<Result>(
  dataDir: string,
  work: (urls: { readonly appUrl: string; readonly ownerUrl: string }) => Promise<Result>,
): Promise<Result> {
  const lock = await acquireDataDirectory(dataDir);
  try {
    const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
    try {
      return await work(postgres);
    } finally {
      await postgres.stop();
    }
  } finally {
    await lock.release();
  }
}

async function connected<Result>(url: string, work: (databases: Databases) => Promise<Result>): Promise<Result> {
  const database = await openSystemDatabase(url);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
