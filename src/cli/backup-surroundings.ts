import { existsSync } from 'node:fs';
import path from 'node:path';
import { Config, currentEnvironment, loadEnvironment } from '../platform/config/index.js';
import { openSystemDatabase } from '../platform/database/index.js';
import { OutgoingClient } from '../platform/http/index.js';
import { type KeyRing, openKeyRing } from '../platform/secrets/index.js';
import { type BackupPlace, type Journal, SigningKeys, backupPlaceOf, openJournal } from '../privacy/index.js';
import { Refused } from './command.js';

type Work<Result> = (config: Config, place: BackupPlace, http: OutgoingClient) => Promise<Result>;

/** Runs work on the place of backups, with the configuration as the server has it. */
export async function withBackups<Result>(work: Work<Result>): Promise<Result> {
  const config = ownConfig();
  const http = new OutgoingClient(config);
  try {
    return await work(config, backupPlaceOf(config, http), http);
  } finally {
    await http.onApplicationShutdown();
  }
}

/** The configuration; secrets that this machine does not have are not made for a look at a list. */
function ownConfig(): Config {
  if (!hasKeys()) return new Config(currentEnvironment(), noSecrets, '', null);
  const { environment, secrets } = loadEnvironment();
  return new Config(environment, secrets, '', null);
}

const noSecrets = {
  encryptionKeys: '',
  passwordPepper: '',
  metaVerifyToken: '',
  sandboxAppSecret: '',
  vapidPrivateKey: '',
  receiptSigningKey: '',
};

/** Whether the keys of the deployment are here. */
export function hasKeys(): boolean {
  const { ENCRYPTION_KEYS: given, DATA_DIR: dataDir } = currentEnvironment();
  return given !== undefined || existsSync(path.join(dataDir, 'secrets.json'));
}

/** A backup of a place where no server ever ran would be one of nothing. */
export function requireDeployment(): void {
  if (hasKeys()) return;
  const { DATA_DIR: dataDir } = currentEnvironment();
  throw new Refused(
    `The keys of the deployment are not in ${path.resolve(dataDir)}: set ENCRYPTION_KEYS or DATA_DIR as the server has it.`,
  );
}

/** The keys of the deployment, compared with those that its database was written with. */
export async function ringOf(config: Config, appUrl: string): Promise<KeyRing> {
  const database = await openSystemDatabase(appUrl);
  try {
    return await openKeyRing(config, database.system);
  } finally {
    await database.close();
  }
}

/** Runs work on the erasure journal. */
export async function withJournal<Result>(
  config: Config,
  appUrl: string,
  http: OutgoingClient,
  work: (journal: Journal) => Promise<Result>,
): Promise<Result> {
  const database = await openSystemDatabase(appUrl);
  const journal = openJournal(config, http, database.system, new SigningKeys(config));
  try {
    return await work(journal);
  } finally {
    await journal.close();
    await database.close();
  }
}

/** Bytes as people say them. */
export function inWords(bytes: number): string {
  return bytes < 1_000_000 ? `${String(Math.ceil(bytes / 1_000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
