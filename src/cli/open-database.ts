import path from 'node:path';
import { currentEnvironment } from '../platform/config/index.js';
import { openSystemDatabase } from '../platform/database/index.js';
import { acquireDataDirectory, findEmbeddedPostgres, startEmbeddedPostgres } from '../platform/embedded/index.js';
import { type Databases, Refused } from './command.js';

/** Runs work on the deployment's database: the one of DATABASE_URL, or the embedded one, started for as long if need be. */
export async function withDatabase<Result>(work: (databases: Databases) => Promise<Result>): Promise<Result> {
  const { DATABASE_URL: url, DATA_DIR: dataDir } = currentEnvironment();
  if (url !== undefined) return connected(url, work);
  const embedded = await findEmbeddedPostgres(dataDir);
  if (embedded === null)
    throw new Refused(
      `There is no database in ${path.resolve(dataDir)} yet. Start Parley once, or set DATA_DIR or DATABASE_URL as the server has it.`,
    );
  if (embedded.isRunning) return connected(embedded.appUrl, work);
  const lock = await acquireDataDirectory(dataDir);
  try {
    const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
    try {
      return await connected(postgres.appUrl, work);
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
