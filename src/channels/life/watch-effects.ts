import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import type { OpenChannel } from '../channel-adapter.js';
import { ChannelExpiring, MessagesMissed } from '../channels.events.js';
import { ChannelStatus } from '../enums.js';
import { recordTokenUse } from '../token-use.js';
import { type LivingChannel, day, warnDays } from './living-channel.js';
import { expiryJob, refreshJob } from './look-after.js';

/** What follows from what the platform said. */
@Injectable()
export class WatchEffects {
  constructor(
    private readonly feed: LiveFeed,
    private readonly audit: AuditLog,
    private readonly facts: Facts,
    private readonly outbox: Outbox,
  ) {}

  /** Says, once, that the access ends within a week; and that it does not, where it did. */
  async warn(tx: WorkspaceTransaction, channelId: string, { endsIn, endsAt, status }: LivingChannel): Promise<void> {
    const ending = endsIn !== null && endsIn <= warnDays * day;
    // Renewal may help, also where the end was not known before.
    if (endsIn !== null) this.outbox.scheduleBehind(tx, refreshJob, channelId);
    if (ending === (status === ChannelStatus.EXPIRING)) return;
    if (ending && status !== ChannelStatus.CONNECTED) return;
    const reason = `The access ends on ${endsAt?.toISOString().slice(0, 10) ?? ''} and could not be renewed. Connect the account again in the channel settings before then.`;
    await tx.execute(sql`
      update channels set status = ${ending ? ChannelStatus.EXPIRING : ChannelStatus.CONNECTED}, last_error = ${ending ? reason : null}
       where workspace_id = ${tx.workspaceId} and id = ${channelId}`);
    this.feed.append(tx, { kind: 'ChannelChanged', ids: [channelId] });
    if (ending) await this.facts.announce(tx, new ChannelExpiring(channelId, reason));
  }

  /** The webhooks were off: what came meanwhile was not delivered. */
  async subscribedAgain(tx: WorkspaceTransaction, channel: OpenChannel): Promise<void> {
    const channelId = channel.id;
    const uses = await tx.first<{ host: string }>(sql`
      select host from token_uses where workspace_id = ${tx.workspaceId} and channel_id = ${channelId} order by id desc limit 1`);
    const host = uses?.host ?? channel.kind;
    await recordTokenUse(tx, { channelId, purpose: 'SUBSCRIBE', host, cause: `job ${expiryJob}` });
    await tx.execute(sql`
      update channels set gap_since = coalesce(gap_since, now() - interval '25 hours') where workspace_id = ${tx.workspaceId} and id = ${channelId}`);
    this.audit.record(tx, { actor: 'system', action: 'channel.resubscribe', target: channelId });
    await this.facts.announce(tx, new MessagesMissed(channelId));
  }
}
