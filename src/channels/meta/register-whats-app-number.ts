import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Workspaces, isUuid, sql } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { ChannelEntity } from '../channel.entity.js';
import { Channels } from '../channels.js';
import { refusal } from '../connect/refusal.js';
import { NumberRegistration } from './number-registration.js';

/** Registers a connected number for sending, with a PIN that a member gives. */
@Injectable()
export class RegisterWhatsAppNumber {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly channels: Channels,
    private readonly registration: NumberRegistration,
    private readonly feed: LiveFeed,
    private readonly audit: AuditLog,
  ) {}

  async run(actor: MemberActor, origin: RequestOrigin, channelId: string, given: string): Promise<ChannelEntity> {
    if (!isUuid(channelId)) throw notFound('Channel');
    const pin = given.trim();
    const channel = await this.workspaces.run(actor.workspaceId, async (tx) => {
      // Whose it is comes first: what is wrong with the rest is for its own workspace to hear.
      const found = await tx.of(ChannelEntity).findOneBy({ workspaceId: tx.workspaceId, id: channelId });
      if (found === null) throw notFound('Channel');
      if (typeof found.settings['wabaId'] !== 'string') throw refusal('NUMBER_NOT_CONNECTED', { field: 'channelId' });
      if (!/^\d{6}$/.test(pin)) throw refusal('PIN_MALFORMED', { field: 'pin' });
      return this.channels.openChannel(tx, channelId, { purpose: 'SUBSCRIBE', cause: `member ${actor.memberId}` });
    });
    if (channel === null) throw notFound('Channel');
    await this.registration.register(channel.externalId, channel.token, pin);
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      // What was forgotten or connected anew meanwhile is another number's affair.
      await tx.execute(sql`
        update channels set settings = settings || '{"registered": true}'::jsonb
         where workspace_id = ${tx.workspaceId} and id = ${channelId} and external_id = ${channel.externalId}`);
      await this.channels.markWorking(tx, channelId);
      this.feed.append(tx, { kind: 'ChannelChanged', ids: [channelId] });
      this.audit.record(tx, { actor, action: 'channel.register', target: channelId, origin });
      return tx.of(ChannelEntity).findOneByOrFail({ workspaceId: tx.workspaceId, id: channelId });
    });
  }
}
