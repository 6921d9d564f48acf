import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Config, keepBackupKey } from '../../platform/config/index.js';
import { ObjectStorage } from '../../platform/files/index.js';
import type { OutgoingClient } from '../../platform/http/index.js';
import { BackupBucket } from './backup-bucket.js';
import { BackupFolder } from './backup-folder.js';
import { BackupKeys } from './backup-keys.js';
import type { BackupPlace } from './backup-place.js';

/** Where the configuration says that backups are kept. */
export function backupPlaceOf(config: Config, http: OutgoingClient): BackupPlace {
  const bucket = config.backupBucket;
  if (bucket === null) return new BackupFolder(config.backupFolder);
  return new BackupBucket(new ObjectStorage(http, bucket), config.environment.BACKUP_URL ?? '');
}

/** The keys of backups; null where none was ever made or given here. */
export function knownBackupKeys(config: Config): BackupKeys | null {
  const { BACKUP_KEY: given } = config.environment;
  if (given !== undefined) return new BackupKeys(given);
  return existsSync(path.join(config.dataDir, 'backup-key.json'))
    ? new BackupKeys(keepBackupKey(config.dataDir).secrets.backupKey)
    : null;
}

/** The same; where there is none, one is made, and told where it is kept. */
export function backupKeysFor(config: Config, notice: (line: string) => void): BackupKeys {
  const known = knownBackupKeys(config);
  if (known !== null) return known;
  const { secrets, file } = keepBackupKey(config.dataDir);
  notice(
    `A key for backups was made and is kept in ${file}. KEEP A COPY OF THAT FILE ELSEWHERE: if this machine is lost, no backup can be read without it.`,
  );
  return new BackupKeys(secrets.backupKey);
}
