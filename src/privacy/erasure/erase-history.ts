import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ChannelDisconnected } from '../../channels/index.js';
import { type WorkspaceTransaction, newId, sql } from '../../platform/database/index.js';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import type { Subject } from '../../platform/personal-data/index.js';
import { deletion } from './deletion.js';
import { ErasureJournal } from './erasure-journal.js';
import { Erasures } from './erasures.js';

/**
 * Begins the erasure of a channel's history where one is disconnected with it. Nothing goes in that transaction, which holds
 * the channel: the worker `deletion` takes it in parts. No tombstones are placed: the account belongs to nobody from then on,
 * and is another channel when it is connected again.
 */
@Injectable()
export class EraseHistory implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly outbox: Outbox,
    private readonly erasures: Erasures,
    private readonly journal: ErasureJournal,
  ) {}

  onModuleInit(): void {
    // After a restore the journal's own entry of the erasure does it again.
    this.facts.on(ChannelDisconnected, (tx, { channelId, deleteHistory, again }) =>
      deleteHistory && !again ? this.begin(tx, channelId) : Promise.resolve(),
    );
  }

  private async begin(tx: WorkspaceTransaction, channelId: string): Promise<void> {
    if (await this.goesOn(tx, channelId)) return;
    const channel = await tx.first<{ account: string | null }>(
      sql`select external_id as account from channels where workspace_id = ${tx.workspaceId} and id = ${channelId}`,
    );
    const account = channel?.account ?? null;
    const addresses = account === null ? [] : [{ channelId, account, externalId: account }];
    const subject: Subject = {
      scope: 'CHANNEL',
      contactIds: [],
      conversationIds: [],
      channelIds: [channelId],
      memberIds: [],
      traces: { addresses, names: [], words: [] },
    };
    const erasureId = newId();
    await this.erasures.add(tx, erasureId, subject, { requestId: null, by: 'channel' }, 0);
    this.outbox.schedule(tx, deletion, erasureId);
    this.journal.append(tx, { erasureId, subject, tombstones: [], requestId: null });
  }

  private async goesOn(tx: WorkspaceTransaction, channelId: string): Promise<boolean> {
    const open = await tx.first(sql`
      select from erasures where workspace_id = ${tx.workspaceId} and scope = 'CHANNEL' and completed_at is null
         and subject->'channelIds' ? ${channelId} limit 1`);
    return open !== null;
  }
}
