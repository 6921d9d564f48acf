import { Injectable } from '@nestjs/common';
import { Workspaces } from '../platform/database/index.js';
import { LiveFeed } from '../platform/live/index.js';
import { Facts } from '../platform/outbox/index.js';
import { ChannelEntity } from './channel.entity.js';
import { ChannelDisconnected } from './channels.events.js';
import { ChannelStatus } from './enums.js';
import { LeavingChannels } from './leaving-channels.js';
import { WithdrawConsent } from './life/withdraw-consent.js';

const withdrawnWords = 'The access was taken back at the platform. Connect the account again in the channel settings.';

/** A channel whose access ended. */
export interface EndedAccess {
  readonly workspaceId: string;
  readonly channelId: string;
  readonly at: Date;
}

/**
 * Ends again the access of channels that a restored backup brought back. No platform is called: it was told when the access
 * ended first. Access that was given anew since stays. May be run as often as one likes.
 */
@Injectable()
export class EndAccessAgain {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly leaving: LeavingChannels,
    private readonly consent: WithdrawConsent,
    private readonly feed: LiveFeed,
    private readonly facts: Facts,
  ) {}

  /** Disconnects one; false where it is not there, or is disconnected already. */
  disconnect({ workspaceId, channelId, at }: EndedAccess, deleteHistory: boolean): Promise<boolean> {
    return this.workspaces.run(workspaceId, async (tx) => {
      const channel = await tx
        .of(ChannelEntity)
        .findOne({ where: { workspaceId, id: channelId }, lock: { mode: 'pessimistic_write' } });
      if (channel === null || channel.connectedAt > at) return false;
      if (channel.status === ChannelStatus.DISCONNECTED && !deleteHistory) return false;
      await this.leaving.begin(tx, channel, deleteHistory ? 'deleted' : 'kept');
      // Without a token nothing is left with which a platform could be called.
      await this.leaving.forget(tx, channelId, true);
      this.feed.append(tx, { kind: 'ChannelChanged', ids: [channelId] });
      await this.facts.announce(tx, new ChannelDisconnected(channelId, deleteHistory, true));
      return true;
    });
  }

  /** Wipes a token whose consent was taken back; false where the channel is not there, or lives by another. */
  withdraw({ workspaceId, channelId, at }: EndedAccess): Promise<boolean> {
    return this.workspaces.run(workspaceId, async (tx) => {
      const channel = await tx.of(ChannelEntity).findOne({ where: { workspaceId, id: channelId } });
      if (channel === null) return false;
      return this.consent.end(tx, channelId, { provider: channel.provider, at, reason: withdrawnWords }, true);
    });
  }
}
