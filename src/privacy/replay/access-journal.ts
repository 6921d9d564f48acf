import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ChannelDisconnected, ConsentWithdrawn } from '../../channels/index.js';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { Journal } from '../journal/journal.js';
import type { JournalRecord } from '../journal/journal-entry.js';

/** Writes into the journal that the access of a channel ended: no restore reads or writes in that account again. */
@Injectable()
export class AccessJournal implements OnModuleInit {
  constructor(
    private readonly journal: Journal,
    private readonly facts: Facts,
  ) {}

  onModuleInit(): void {
    // What is done again after a restore stands there already.
    this.facts.on(ChannelDisconnected, (tx, { channelId, deleteHistory, again }) => {
      const ids = { channelId, ...(deleteHistory && { deleteHistory: 'yes' }) };
      if (!again) this.write(tx, 'channel-disconnected', ids);
      return Promise.resolve();
    });
    this.facts.on(ConsentWithdrawn, (tx, { channelId, again }) => {
      if (!again) this.write(tx, 'deauthorised', { channelId });
      return Promise.resolve();
    });
  }

  private write(tx: WorkspaceTransaction, kind: JournalRecord['kind'], ids: JournalRecord['ids']): void {
    const record = { kind, workspaceId: tx.workspaceId, ids, at: new Date() };
    tx.beforeCommit(async () => void (await this.journal.append(record)));
  }
}
