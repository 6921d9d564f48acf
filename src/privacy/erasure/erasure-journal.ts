import { Injectable, type OnModuleInit } from '@nestjs/common';
import { WorkspaceDeleted } from '../../accounts/index.js';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import { Facts } from '../../platform/outbox/index.js';
import type { Subject } from '../../platform/personal-data/index.js';
import { Journal } from '../journal/journal.js';
import type { JournalRecord } from '../journal/journal-entry.js';

/** What the journal keeps of an erasure: ids and digests, by which a restored backup is erased again. */
export interface JournalledErasure {
  readonly erasureId: string;
  readonly subject: Subject;
  readonly tombstones: readonly string[];
  /** The request that asked for it. */
  readonly requestId: string | null;
}

/** Writes what was erased, or may not be, into the journal outside the database. */
@Injectable()
export class ErasureJournal implements OnModuleInit {
  constructor(
    private readonly journal: Journal,
    private readonly facts: Facts,
  ) {}

  onModuleInit(): void {
    this.facts.on(WorkspaceDeleted, (tx) => {
      this.write(tx, 'workspace-deleted', {});
      return Promise.resolve();
    });
  }

  /** Participant. On disk before the transaction commits; where that fails, nothing is erased. */
  append(tx: WorkspaceTransaction, { erasureId, subject, tombstones, requestId }: JournalledErasure): void {
    const { scope, contactIds, conversationIds, leadIds = [], channelIds } = subject;
    this.write(tx, 'erasure', {
      erasureId,
      scope,
      contactIds,
      conversationIds,
      tombstones,
      ...(leadIds.length > 0 && { leadIds }),
      ...(channelIds.length > 0 && { channelIds }),
      ...(requestId !== null && { requestId }),
    });
  }

  /** Participant. A hold was placed, or released. */
  hold(
    tx: WorkspaceTransaction,
    kind: 'hold-placed' | 'hold-released',
    holdId: string,
    contactId: string | null,
  ): void {
    this.write(tx, kind, { holdId, ...(contactId !== null && { contactId }) });
  }

  private write(tx: WorkspaceTransaction, kind: JournalRecord['kind'], ids: JournalRecord['ids']): void {
    const record = { kind, workspaceId: tx.workspaceId, ids, at: new Date() };
    tx.beforeCommit(async () => void (await this.journal.append(record)));
  }
}
