import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Farewells, WorkspaceDeleted } from '../accounts/index.js';
import type { WorkspaceTransaction } from '../platform/database/index.js';
import { Facts } from '../platform/outbox/index.js';
import { ChannelEntity } from './channel.entity.js';
import { LeavingChannels } from './leaving-channels.js';

/**
 * Ends the channels of a workspace that was deleted: from that transaction on their events belong to nobody and nothing is
 * sent; `release-access` then tells the platforms and wipes the tokens, for which channels and keys wait.
 */
@Injectable()
export class EndChannels implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly farewells: Farewells,
    private readonly leaving: LeavingChannels,
  ) {}

  onModuleInit(): void {
    this.farewells.register({ kind: 'release-access', reads: ['channels', 'workspace_keys'] });
    this.facts.on(WorkspaceDeleted, (tx) => this.end(tx));
  }

  private async end(tx: WorkspaceTransaction): Promise<void> {
    const channels = await tx
      .of(ChannelEntity)
      .find({ where: { workspaceId: tx.workspaceId }, order: { id: 'asc' }, lock: { mode: 'pessimistic_write' } });
    for (const channel of channels) await this.leaving.begin(tx, channel, 'ended');
  }
}
