import { rename } from 'node:fs/promises';
import path from 'node:path';
import { type Config, currentEnvironment } from '../platform/config/index.js';
import { openFileStore } from '../platform/files/index.js';
import { findEmbeddedPostgres } from '../platform/embedded/index.js';
import { KeyRing } from '../platform/secrets/index.js';
import { RestoreRefused, entriesSince, restoreBackup as restore } from '../privacy/index.js';
import { keysHere, nameFrom, progress, sourceOf } from './backup-source.js';
import { requireDeployment, withBackups, withJournal } from './backup-surroundings.js';
import { type OfflineCommand, Refused, textOf } from './command.js';
import { withEmbedded } from './open-database.js';

export const restoreBackup: OfflineCommand = {
  name: 'backup restore',
  takes: 'FILE',
  does: 'into an empty database; the server erases again what was erased since, before it listens, and does not start where it cannot',
  options: {
    replace: { type: 'string', value: 'DATABASE', does: 'throw away what the database of this name holds' },
  },
  offline: true,
  run: (given) =>
    withBackups(async (config, place, http) => {
      const name = nameFrom(given);
      const source = await sourceOf(name, place);
      const keys = keysHere(config);
      requireDeployment();
      return withDatabase(async ({ appUrl, ownerUrl }) => {
        let later = 0;
        const requireJournal = (at: Date, known: Parameters<typeof entriesSince>[2]) =>
          withJournal(config, appUrl, http, async (journal) => {
            for await (const _ of entriesSince(journal, at, known)) later += 1;
          });
        // Bytes are put back alone; no key that the database keeps something of is asked for.
        const files = openFileStore(config, http, new KeyRing(config));
        const replace = textOf(given, 'replace') ?? null;
        const restored = await restore(source, keys, {
          ownerUrl,
          appUrl,
          files,
          config,
          replace,
          say: progress,
          requireJournal,
        });
        const aside = await setHeadsAside(config);
        const text = [
          `${name} was restored: ${String(restored.rows)} rows and ${String(restored.files)} files, as they were at ${restored.backupAt.toISOString()}.`,
          `What happened after that is lost, but for ${String(later)} entries of the erasure journal: the next start of the server does them again before it listens.`,
          'Everybody signs in anew. Members who were removed since, and API tokens that were revoked since, are back: look through them. What was about to be sent then is shown as unconfirmed.',
          ...(aside === null ? [] : [`The heads of the audit logs from before are in ${aside}.`]),
        ].join('\n');
        return { text, json: { name, ...restored, later } };
      }).catch((error: unknown) => {
        throw error instanceof RestoreRefused ? new Refused(error.message) : error;
      });
    }),
};

type Urls = { readonly appUrl: string; readonly ownerUrl: string };

/** The database to restore into; the embedded one is made if there is none. */
async function withDatabase<Result>(work: (urls: Urls) => Promise<Result>): Promise<Result> {
  const { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl, DATA_DIR: dataDir } = currentEnvironment();
  if (appUrl !== undefined) {
    if (ownerUrl === undefined)
      throw new Refused('Set DATABASE_OWNER_URL: the role that owns the tables restores them.');
    return work({ appUrl, ownerUrl });
  }
  if ((await findEmbeddedPostgres(dataDir))?.isRunning === true)
    throw new Refused(`The server of ${path.resolve(dataDir)} runs. Stop it first. Nothing was changed.`);
  return withEmbedded(dataDir, work);
}

/** Kept outside the database, they are of a log that went on after the backup; the one that is there now begins new ones. */
async function setHeadsAside(config: Config): Promise<string | null> {
  const aside = path.join(config.dataDir, `audit-before-${new Date().toISOString().replaceAll(/[:.]/g, '')}`);
  return rename(path.join(config.dataDir, 'audit'), aside).then(
    () => aside,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    },
  );
}
