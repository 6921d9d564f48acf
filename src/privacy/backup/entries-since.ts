import type { JournalEntry } from '../journal/journal-entry.js';
import type { Journal } from '../journal/journal.js';
import type { JournalPlace } from './manifest.js';

// What committed during the backup may stand in the journal before the place that was noted: it is done twice.
const overlapMs = 3_600_000;

/** The entries of the journal since a backup; throws where it is broken, or is not the journal that the backup knew. */
export async function* entriesSince(
  journal: Pick<Journal, 'read'>,
  backupAt: Date,
  place: JournalPlace | null,
): AsyncGenerator<JournalEntry> {
  const from = place?.seq ?? 0;
  let found = from === 0;
  for await (const entry of journal.read(null)) {
    if (entry.seq === from) found = entry.hash === place?.hash;
    if (entry.seq > from || entry.at.getTime() >= backupAt.getTime() - overlapMs) yield entry;
  }
  if (!found)
    throw new Error(
      `The erasure journal that is here lacks entry ${String(from)}, which stood in it when the backup was made. Put the deployment's journal in its place (JOURNAL_URL, or DATA_DIR/journal): without it, people who were erased would be back.`,
    );
}
