import { createReadStream, existsSync } from 'node:fs';
import type { Config } from '../platform/config/index.js';
import { type BackupPlace, type BackupSource, knownBackupKeys } from '../privacy/index.js';
import { type Given, Refused, WrongUsage } from './command.js';

/** What is told while a long command runs; the answer itself goes to the other stream. */
export function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The one backup that was named. */
export function nameFrom({ names }: Given): string {
  const [name, ...more] = names;
  if (name === undefined || more.length > 0)
    throw new WrongUsage('Name one backup: a file, or a name that `backup list` shows.');
  return name;
}

/** The backup of a name: a file of this machine, or one that is kept at BACKUP_URL. */
export async function sourceOf(name: string, place: BackupPlace): Promise<BackupSource> {
  if (existsSync(name)) return () => createReadStream(name, { highWaterMark: 1_048_576 });
  const kept = await place.list();
  if (!kept.some((one) => one.name === name))
    throw new Refused(`${name} is no file here, and there is no backup of that name at ${place.where}.`);
  return () => place.read(name);
}

/** The keys that open backups; they are never made up for one that exists. */
export function keysHere(config: Config) {
  const keys = knownBackupKeys(config);
  if (keys === null)
    throw new Refused(
      `The key of the backups is not here: set BACKUP_KEY, or put backup-key.json, which was to be kept elsewhere, into ${config.dataDir}.`,
    );
  return keys;
}
