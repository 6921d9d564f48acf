import type { Config } from '../../platform/config/index.js';
import {
  type WhatIsThere,
  asOwner,
  emptyDatabase,
  migrateDatabase,
  newId,
  roleOf,
  whatIsThere,
} from '../../platform/database/index.js';
import type { FileStore } from '../../platform/files/index.js';
import type { BackupKeys } from './backup-keys.js';
import { loadBackup, requireKeysOf, requireKnown } from './load-backup.js';
import type { JournalPlace, Totals } from './manifest.js';
import { notLoaded } from './pending-restore.js';
import { readParts } from './read-parts.js';
import type { BackupSource } from './verify-backup.js';

/** A backup cannot be restored here, and what to do. */
export class RestoreRefused extends Error {}

/** What a backup is restored into. */
export interface RestoreTarget {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly files: Pick<FileStore, 'putBack'>;
  /** Of the deployment, whose keys have to be those of the backup. */
  readonly config: Pick<Config, 'encryptionKeys'>;
  /** The name of the database whose content is thrown away; null where it has to be empty. */
  readonly replace: string | null;
  readonly say: (line: string) => void;
  /** Throws where what happened since could not be done again. */
  requireJournal(backupAt: Date, place: JournalPlace | null): Promise<void>;
}

/** What was restored. */
export interface RestoredBackup extends Totals {
  readonly id: string;
  readonly backupAt: Date;
  readonly unchecked: readonly string[];
}

const mark =
  'insert into restores (id, backup_at, journal_seq, journal_hash) values ($1, $2, $3, $4) on conflict do nothing';
// A session that was ended since must not open anything again, and no mail goes out a second time.
const letGo = ['delete from sessions', 'delete from link_tokens', 'delete from mails', 'delete from presences'];
// Whether these left after the backup was made is not known: a person decides, as after any lost answer.
const unconfirmed = `
  update messages set status = 'UNCONFIRMED', error = coalesce(error, 'A backup was restored: it may have been sent already.')
   where direction = 'OUTBOUND' and status in ('QUEUED', 'SENDING')`;

/**
 * Restores a backup: reads all of it first, so that a damaged one costs nothing; then makes the database as it was and fills
 * it, and brings it up to date. From its first table on the database is marked: no server starts until what happened about
 * privacy since the backup was done again.
 */
export async function restoreBackup(
  source: BackupSource,
  keys: BackupKeys,
  target: RestoreTarget,
): Promise<RestoredBackup> {
  const { ownerUrl, appUrl, files } = target;
  const say = (line: string) => target.say(line);
  const whole = await readParts(source(), keys);
  const { manifest, totals } = whole;
  requireKnown(manifest);
  requireKeysOf(target.config, manifest);
  say(`The backup of ${manifest.at} is whole.`);
  await target.requireJournal(new Date(manifest.at), manifest.journal);
  const there = await whatIsThere(ownerUrl);
  refuse(there, target.replace);
  if (there.hasTables) await emptyDatabase(ownerUrl);
  const id = newId();
  const about = (seq: number) => [id, manifest.at, seq, manifest.journal?.hash ?? null];
  const unchecked = await loadBackup(source(), keys, whole, {
    ownerUrl,
    appUrl,
    files,
    say,
    migrated: () => asOwner(ownerUrl, mark, about(notLoaded)),
    also: async (load) => {
      await load.also(mark, about(manifest.journal?.seq ?? 0));
      for (const statement of letGo) await load.also(statement, []);
      await load.also(unconfirmed, []);
    },
  });
  await migrateDatabase({ ownerUrl, appRole: roleOf(appUrl), log: say });
  await asOwner(ownerUrl, 'analyze', []);
  return { id, backupAt: new Date(manifest.at), unchecked, ...totals };
}

function refuse({ name, users, workspaces, others }: WhatIsThere, replace: string | null): void {
  if (replace !== null && replace !== name)
    throw new RestoreRefused(`--replace names "${replace}", and this database is "${name}". Nothing was changed.`);
  if (others > 0)
    throw new RestoreRefused(
      `The database "${name}" is in use by ${String(others)} other connections. Stop every Parley process first. Nothing was changed.`,
    );
  if (replace === null && (users > 0 || workspaces > 0))
    throw new RestoreRefused(
      `The database "${name}" is not empty: it has ${String(users)} people and ${String(workspaces)} workspaces. To throw all of that away, say --replace ${name}.`,
    );
}
