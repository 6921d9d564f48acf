import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Channels, ChannelStatus } from '../../channels/index.js';
import { Workspaces, cleanText, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { type Job, Queues, type Worker } from '../../platform/queue/index.js';

/** Asks the platform for the public name of a customer who came without one. A platform that does not tell is not asked again. */
@Injectable()
export class FetchProfileWorker implements Worker, OnModuleInit {
  readonly kind = 'fetch-profile';
  readonly concurrency = 4;
  readonly maxSeconds = 60;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly channels: Channels,
    private readonly feed: LiveFeed,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run(job: Job): Promise<undefined> {
    const asked = await this.workspaces.run(job.workspaceId, async (tx) => {
      const identity = await tx.first<{ channelId: string; externalId: string; handle: string | null }>(sql`
        select i.channel_id as "channelId", i.external_id as "externalId", i.handle from contact_identities i
          join contacts c on c.workspace_id = i.workspace_id and c.id = i.contact_id
         where i.workspace_id = ${tx.workspaceId} and c.id = ${job.rowId} and c.name is null order by i.created_at limit 1`);
      if (identity === null) return null;
      const channel = (await this.channels.byIds(tx, [identity.channelId])).get(identity.channelId);
      if (channel === undefined || channel.status === ChannelStatus.EXPIRED) return null;
      if (this.channels.definitionOf(channel.kind).hasProfiles === false) return null;
      const open = await this.channels.openChannel(tx, identity.channelId, {
        purpose: 'PULL',
        cause: `contact ${job.rowId}`,
      });
      return open === null ? null : { identity, open };
    });
    if (asked === null) return undefined;
    const profile = await this.channels
      .definitionOf(asked.open.kind)
      .adapter.profile(asked.open, asked.identity, job.signal);
    const name = profile?.name ?? null;
    if (name === null || name.trim() === '') return undefined;
    await this.workspaces.run(job.workspaceId, async (tx) => {
      const changed = await tx.execute(sql`
        update contacts set name = ${cleanText(name, 200)} where workspace_id = ${tx.workspaceId} and id = ${job.rowId} and name is null`);
      if (profile?.handle !== undefined) {
        const { channelId, externalId } = asked.identity;
        await tx.execute(sql`
          update contact_identities set handle = ${cleanText(profile.handle, 200)}
           where workspace_id = ${tx.workspaceId} and channel_id = ${channelId} and external_id = ${externalId} and handle is null`);
      }
      if (changed > 0) this.feed.append(tx, { kind: 'ContactChanged', ids: [job.rowId] });
    });
    return undefined;
  }
}
