import { Injectable } from '@nestjs/common';
import { type ChannelEntity, ChannelStatus, Channels } from '../../channels/index.js';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Workspaces, isUuid, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput, notFound } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { fetchLead } from './fetch-lead.worker.js';

/** So many are taken up at once: each is a call to the platform, which counts them. */
const most = 500;

/** A member has what was set aside fetched once more, the newest first. */
@Injectable()
export class RetryLeads {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly channels: Channels,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly feed: LiveFeed,
  ) {}

  /** Throws CHANNEL_EXPIRED where there is nothing to fetch them with. */
  run(actor: MemberActor, origin: RequestOrigin, channelId: string): Promise<ChannelEntity> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const id = channelId.toLowerCase();
      const channel = isUuid(id) ? (await this.channels.byIds(tx, [id])).get(id) : undefined;
      if (channel === undefined) throw notFound('Channel');
      if (channel.status === ChannelStatus.EXPIRED || channel.status === ChannelStatus.DISCONNECTED)
        throw new DomainError(ErrorCode.CHANNEL_EXPIRED, 'Connect the channel again first.', {
          reason: 'CHANNEL_AGAIN',
        });
      if (!channel.leadAds)
        throw badInput('channelId', 'This channel takes no leads of adverts. Switch that on first.');
      const taken = await tx.query<{ id: string }>(sql`
        update lead_arrivals set set_aside_at = null, cause = null, reason = null, attempts = 0
         where workspace_id = ${tx.workspaceId} and id in (
           select id from lead_arrivals
            where workspace_id = ${tx.workspaceId} and channel_id = ${id} and set_aside_at is not null
            order by told_at desc, id limit ${most} for update)
        returning id`);
      for (const arrival of taken) this.outbox.schedule(tx, fetchLead, arrival.id);
      const detail = { forms: String(taken.length) };
      this.audit.record(tx, { actor, action: 'channel.lead-retry', target: id, origin, detail });
      this.feed.append(tx, { kind: 'ChannelChanged', ids: [id] });
      return channel;
    });
  }
}
