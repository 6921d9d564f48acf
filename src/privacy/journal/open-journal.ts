import { fileURLToPath } from 'node:url';
import type { Config } from '../../platform/config/index.js';
import type { SystemDatabase } from '../../platform/database/index.js';
import { SignedBucket } from '../../platform/files/index.js';
import type { OutgoingClient } from '../../platform/http/index.js';
import type { SigningKeys } from '../proof/signing-keys.js';
import { DiskJournal } from './disk-journal.js';
import { Journal } from './journal.js';
import { ObjectJournal } from './object-journal.js';

/** The journal where JOURNAL_URL says that it is. Nothing is made or connected before it is used. */
export function openJournal(
  { journalBucket, journalUrl }: Config,
  http: OutgoingClient,
  system: SystemDatabase,
  keys: SigningKeys,
): Journal {
  const store =
    journalBucket === null
      ? new DiskJournal(fileURLToPath(journalUrl))
      : new ObjectJournal(new SignedBucket(http, journalBucket), new URL(journalUrl).host);
  return new Journal(store, system, keys);
}
