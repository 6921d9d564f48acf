import { type BackupPlace, timeIn } from './backup-place.js';

/** What was erased is gone from backups after so many days at the most. */
export const mostDays = 90;
/** Pruning runs once a day at least: what would be too old before its next time goes now. */
const marginDays = 1;
const dayMs = 86_400_000;

/** A backup that was removed for its age. */
export interface PrunedBackup {
  readonly name: string;
  readonly createdAt: Date;
}

/** Removes backups that would be older than 90 days before the next pruning, and what broken-off ones left behind; logs each. */
export async function pruneBackups(place: BackupPlace, now = new Date()): Promise<readonly PrunedBackup[]> {
  const oldest = now.getTime() - (mostDays - marginDays) * dayMs;
  const old = (await place.list()).filter(({ createdAt }) => createdAt.getTime() < oldest);
  for (const { name, createdAt } of old) {
    await place.remove(name);
    await place.log(
      JSON.stringify({ at: now, pruned: name, createdAt, reason: `older than ${String(mostDays)} days` }),
    );
  }
  for (const name of await place.unfinished()) {
    // One that is being made now is younger than that.
    if (startedAt(name) > now.getTime() - dayMs) continue;
    await place.remove(name);
    await place.log(JSON.stringify({ at: now, pruned: name, reason: 'never finished' }));
  }
  return old.map(({ name, createdAt }) => ({ name, createdAt }));
}

function startedAt(name: string): number {
  return timeIn(name.replace(/\.part$/, ''))?.getTime() ?? 0;
}
