import { Injectable } from '@nestjs/common';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import type { Subject } from '../../platform/personal-data/index.js';
import { Journal } from '../journal/journal.js';

/** What the journal keeps of an erasure: ids and digests, by which a restored backup is erased again. */
export interface JournalledErasure {
  readonly erasureId: string;
  readonly subject: Subject;
  readonly tombstones: readonly string[];
}

/** Writes erasures into the journal outside the database. */
@Injectable()
export class ErasureJournal {
  constructor(private readonly journal: Journal) {}

  /** Participant. On disk before the transaction commits; where that fails, nothing is erased. */
  append(tx: WorkspaceTransaction, { erasureId, subject, tombstones }: JournalledErasure): void {
    const { scope, contactIds, conversationIds } = subject;
    const ids = { erasureId, scope, contactIds, conversationIds, tombstones };
    tx.beforeCommit(async () => {
      await this.journal.append({ kind: 'erasure', workspaceId: tx.workspaceId, ids, at: new Date() });
    });
  }
}
