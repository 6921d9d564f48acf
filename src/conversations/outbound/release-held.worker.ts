import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ChannelConnected } from '../../channels/index.js';
import { Workspaces, sql } from '../../platform/database/index.js';
import { DomainError } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import { type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { OutboundRules } from './outbound-message.js';

/** Sends what was held while a channel could not be used, once it is connected again; says so of what is too late. */
@Injectable()
export class ReleaseHeldWorker implements Worker, OnModuleInit {
  readonly kind = 'release-held';
  readonly concurrency = 2;
  readonly maxSeconds = 120;

  constructor(
    private readonly queues: Queues,
    private readonly facts: Facts,
    private readonly outbox: Outbox,
    private readonly workspaces: Workspaces,
    private readonly rules: OutboundRules,
    private readonly feed: LiveFeed,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
    this.facts.on(ChannelConnected, (tx, { channelId }) =>
      Promise.resolve(this.outbox.schedule(tx, this.kind, channelId)),
    );
  }

  async run(job: Job): Promise<undefined> {
    const conversations = await this.workspaces.read(job.workspaceId, (tx) =>
      tx.query<{ id: string }>(sql`
        select distinct conversation_id as id from messages
         where workspace_id = ${job.workspaceId} and channel_id = ${job.rowId} and status = 'HELD'`),
    );
    for (const { id } of conversations) await this.release(job.workspaceId, id);
    return undefined;
  }

  private release(workspaceId: string, conversationId: string): Promise<void> {
    return this.workspaces.run(workspaceId, async (tx) => {
      const outlet = await this.rules.outlet(tx, conversationId);
      if (outlet === null) return;
      let late: string | null = null;
      try {
        if (this.rules.admit(outlet).held) return;
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        late = `It was held while the channel was disconnected. ${error.message}`;
      }
      const changed = await tx.query<{ id: string }>(sql`
        update messages set status = ${late === null ? 'QUEUED' : 'FAILED'}, error = ${late}
         where workspace_id = ${workspaceId} and conversation_id = ${conversationId} and status = 'HELD' returning id`);
      for (const { id } of changed) this.feed.append(tx, { kind: 'MessageChanged', ids: [id], conversationId });
      if (late === null && changed.length > 0) this.outbox.schedule(tx, 'deliver-messages', conversationId);
    });
  }
}
