import { buffer } from 'node:stream/consumers';
import type { Config } from '../../platform/config/index.js';
import { DatabaseLoad, migrateDatabase, migrationNames, roleOf } from '../../platform/database/index.js';
import type { FileStore } from '../../platform/files/index.js';
import { requireKeys } from '../../platform/secrets/index.js';
import type { BackupKeys } from './backup-keys.js';
import type { Manifest } from './manifest.js';
import { type WhatWasRead, readParts } from './read-parts.js';

/** An empty database, and what a backup is loaded into beside it. */
export interface LoadTarget {
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** Null where the files are read and put nowhere. */
  readonly files: Pick<FileStore, 'putBack'> | null;
  say(line: string): void;
  /** Once the tables are there, and empty. */
  migrated?(): Promise<void>;
  /** What else is written, in the transaction that brings the rows. */
  also?(load: DatabaseLoad): Promise<void>;
}

/** Throws where this release cannot make the database that a backup came from. */
export function requireKnown({ migrations }: Manifest): void {
  const unknown = migrations.filter((name) => !migrationNames.has(name));
  if (unknown.length > 0)
    throw new Error(
      `The backup was made by a later release of Parley (it has ${unknown.join(', ')}). Use that release, or a later one.`,
    );
}

/** Throws where the keys of the deployment are not those that the secrets in the backup were written with. */
export function requireKeysOf(config: Pick<Config, 'encryptionKeys'>, { keys = [] }: Manifest): void {
  requireKeys(
    config,
    keys.map((key) => ({ ...key, proof: Buffer.from(key.proof, 'base64') })),
  );
}

/**
 * Loads a backup that was read once and found whole: makes the database as it was then, and fills it in one transaction.
 * Gives the references between tables that did not hold.
 */
export async function loadBackup(
  sealed: AsyncIterable<Buffer>,
  keys: BackupKeys,
  { manifest }: WhatWasRead,
  target: LoadTarget,
): Promise<readonly string[]> {
  requireKnown(manifest);
  const { ownerUrl, appUrl } = target;
  await migrateDatabase({ ownerUrl, appRole: roleOf(appUrl), only: manifest.migrations, log: () => undefined });
  await target.migrated?.();
  return DatabaseLoad.into(ownerUrl, async (load) => {
    await load.makePartitions(manifest.tables);
    await readParts(sealed, keys, {
      table: async (table, rows) => {
        await load.rows(table, rows);
        target.say(`${table.name} is in`);
      },
      file: async ({ workspaceId, id, variant }, bytes) => {
        await target.files?.putBack(workspaceId, id, variant, await buffer(bytes));
      },
    });
    await load.sequences(manifest.sequences);
    await target.also?.(load);
  });
}
