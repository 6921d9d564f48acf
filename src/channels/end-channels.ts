import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Farewells, WorkspaceDeleted } from '../accounts/index.js';
import { type WorkspaceTransaction, sql } from '../platform/database/index.js';
import { Facts, Outbox } from '../platform/outbox/index.js';
import { ChannelEntity } from './channel.entity.js';
import { Directory, accountsOf } from './directory.js';
import { ChannelStatus } from './enums.js';
import { Grantors } from './grantors.js';

/**
 * Ends the channels of a workspace that was deleted: from that transaction on their events belong to nobody and nothing is
 * sent; `release-access` then tells the platforms and wipes the tokens, for which channels and keys wait.
 */
@Injectable()
export class EndChannels implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly farewells: Farewells,
    private readonly directory: Directory,
    private readonly grantors: Grantors,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.farewells.register({ kind: 'release-access', reads: ['channels', 'workspace_keys'] });
    this.facts.on(WorkspaceDeleted, (tx) => this.end(tx));
  }

  private async end(tx: WorkspaceTransaction): Promise<void> {
    const channels = await tx
      .of(ChannelEntity)
      .find({ where: { workspaceId: tx.workspaceId }, order: { id: 'asc' }, lock: { mode: 'pessimistic_write' } });
    for (const channel of channels) {
      await this.directory.release(tx, channel.provider, accountsOf(channel));
      await this.grantors.note(tx, channel.provider, channel.id, []);
      this.outbox.schedule(tx, 'release-access', channel.id);
    }
    await tx.execute(sql`
      update channels set status = ${ChannelStatus.DISCONNECTED}, token_expires_at = null,
             disconnected_at = coalesce(disconnected_at, now()), settings = settings || '{"forget": true, "ended": true}'
       where workspace_id = ${tx.workspaceId}`);
  }
}
