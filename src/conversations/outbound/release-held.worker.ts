import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ChannelConnected } from '../../channels/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { DomainError } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import { type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { type Leaving, OutboundRules, type Outlet } from './outbound-message.js';

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
      let queued = false;
      for (const leaving of leavings) queued = (await this.releaseAs(tx, outlet, leaving)) || queued;
      if (queued) this.outbox.schedule(tx, 'deliver-messages', conversationId);
    });
  }

  /** Each by its own rule: a template is in time when a text is not. Gives whether any may leave. */
  private async releaseAs(tx: WorkspaceTransaction, outlet: Outlet, leaving: Leaving): Promise<boolean> {
    let late: string | null = null;
    try {
      if (this.rules.admit(outlet, leaving).held) return false;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      late = `It was held while the channel was disconnected. ${error.message}`;
    }
    const { id: conversationId } = outlet.conversation;
    const changed = await tx.query<{ id: string }>(sql`
      update messages set status = ${late === null ? 'QUEUED' : 'FAILED'}, error = ${late}
       where workspace_id = ${tx.workspaceId} and conversation_id = ${conversationId} and status = 'HELD'
         and ${leaving} = case when author <> 'MEMBER' then 'signal' when kind = 'TEMPLATE' then 'template' else 'reply' end
      returning id`);
    for (const { id } of changed) this.feed.append(tx, { kind: 'MessageChanged', ids: [id], conversationId });
    return late === null && changed.length > 0;
  }
}

const leavings: readonly Leaving[] = ['reply', 'template', 'signal'];
