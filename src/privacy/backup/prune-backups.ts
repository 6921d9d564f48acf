import { type BackupPlace, type KeptBackup, timeIn } from './backup-place.js';

/** What was erased is gone from backups after so many days at the most. */
export const mostDays = 90;
/** Pruning runs once a day at least: what would be too old before its next time goes now. */
const marginDays = 1;
const dayMs = 86_400_000;

const hourMs = dayMs / 24;
/** All of so many days are kept, then the last of each hour, then the last of each day. */
const allDays = 1;
const hourlyDays = 7;

/** A backup that was removed for its age. */
export interface PrunedBackup {
  readonly name: string;
  readonly createdAt: Date;
}

/**
 * Removes backups that would be older than 90 days before the next pruning, and what broken-off ones left behind; logs each.
 * With `thin`, for a schedule of minutes, also those of past days beside the last of their hour, and of their day.
 */
export async function pruneBackups(
  place: BackupPlace,
  { now = new Date(), thin = false }: { readonly now?: Date; readonly thin?: boolean } = {},
): Promise<readonly PrunedBackup[]> {
  const oldest = now.getTime() - (mostDays - marginDays) * dayMs;
  const kept = await place.list();
  const old = kept.filter(({ createdAt }) => createdAt.getTime() < oldest);
  const between = thin ? needless(kept, now).filter((one) => !old.includes(one)) : [];
  const remove = async ({ name, createdAt }: KeptBackup, reason: string) => {
    await place.remove(name);
    await place.log(JSON.stringify({ at: now, pruned: name, createdAt, reason }));
  };
  for (const one of old) await remove(one, `older than ${String(mostDays)} days`);
  for (const one of between) await remove(one, 'a later one of its hour or day is kept');
  for (const name of await place.unfinished()) {
    // One that is being made now is younger than that.
    if (startedAt(name) > now.getTime() - dayMs) continue;
    await place.remove(name);
    await place.log(JSON.stringify({ at: now, pruned: name, reason: 'never finished' }));
  }
  return [...old, ...between].map(({ name, createdAt }) => ({ name, createdAt }));
}

/** Backups beside which there is a later one of the same hour or, once they are older, of the same day. */
function needless(kept: readonly KeptBackup[], now: Date): readonly KeptBackup[] {
  const latest = new Map<string, KeptBackup>();
  for (const one of [...kept].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime()))
    latest.set(spanOf(one, now), one);
  const needed = new Set(latest.values());
  return kept.filter((one) => !needed.has(one));
}

/** The stretch of time of which one backup is kept. */
function spanOf({ name, createdAt }: KeptBackup, now: Date): string {
  const age = now.getTime() - createdAt.getTime();
  if (age <= allDays * dayMs) return name;
  const span = age <= hourlyDays * dayMs ? hourMs : dayMs;
  return `${String(span)} ${String(Math.floor(createdAt.getTime() / span))}`;
}

function startedAt(name: string): number {
  return timeIn(name.replace(/\.part$/, ''))?.getTime() ?? 0;
}
