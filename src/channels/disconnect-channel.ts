import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../platform/access/index.js';
import { AuditLog } from '../platform/audit/index.js';
import { Workspaces, isUuid } from '../platform/database/index.js';
import { notFound } from '../platform/errors/index.js';
import { LiveFeed } from '../platform/live/index.js';
import { Facts } from '../platform/outbox/index.js';
import { ChannelEntity } from './channel.entity.js';
import { ChannelDisconnected } from './channels.events.js';
import { ChannelStatus } from './enums.js';
import { LeavingChannels } from './leaving-channels.js';

/**
 * Disconnects a channel. From the commit on nothing is received or sent over it; the access at the platform is ended by
 * the job `release-access`, which then wipes the token, so that a platform that does not answer loses nothing. The
 * history stays; with `deleteHistory` the module that keeps conversations hears of it and removes them. With it, and for
 * the kinds whose accounts are forgotten in any case, the channel's row forgets the account.
 */
@Injectable()
export class DisconnectChannel {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly leaving: LeavingChannels,
    private readonly feed: LiveFeed,
    private readonly audit: AuditLog,
    private readonly facts: Facts,
  ) {}

  async run(actor: MemberActor, origin: RequestOrigin, id: string, deleteHistory: boolean): Promise<ChannelEntity> {
    if (!isUuid(id)) throw notFound('Channel');
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const channel = await tx
        .of(ChannelEntity)
        .findOne({ where: { workspaceId: tx.workspaceId, id }, lock: { mode: 'pessimistic_write' } });
      if (channel === null) throw notFound('Channel');
      if (channel.status === ChannelStatus.DISCONNECTED && !deleteHistory) return channel;
      await this.leaving.begin(tx, channel, deleteHistory ? 'deleted' : 'kept');
      this.feed.append(tx, { kind: 'ChannelChanged', ids: [id] });
      this.audit.record(tx, { actor, action: 'channel.disconnect', target: id, origin, detail: { deleteHistory } });
      await this.facts.announce(tx, new ChannelDisconnected(id, deleteHistory));
      return tx.of(ChannelEntity).findOneByOrFail({ workspaceId: tx.workspaceId, id });
    });
  }
}
