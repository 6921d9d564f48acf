import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ChannelDisconnected } from '../../channels/index.js';
import { Workspaces, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';

const batch = 100;

/** Removes the conversations of a channel that was disconnected with its history, in bounded batches. */
@Injectable()
export class DeleteChannelHistoryWorker implements Worker, OnModuleInit {
  readonly kind = 'delete-channel-history';
  readonly concurrency = 1;
  readonly maxSeconds = 120;

  constructor(
    private readonly queues: Queues,
    private readonly facts: Facts,
    private readonly outbox: Outbox,
    private readonly workspaces: Workspaces,
    private readonly feed: LiveFeed,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
    this.facts.on(ChannelDisconnected, (tx, fact) =>
      Promise.resolve(fact.deleteHistory ? this.outbox.schedule(tx, this.kind, fact.channelId) : undefined),
    );
  }

  async run(job: Job): Promise<Again | undefined> {
    const removed = await this.workspaces.run(job.workspaceId, async (tx) => {
      const files = await tx.query<{ fileId: string | null }>(sql`
        delete from attachments a using messages m, (
            select id from conversations where workspace_id = ${job.workspaceId} and channel_id = ${job.rowId} order by id limit ${batch}) c
         where a.workspace_id = ${job.workspaceId} and m.workspace_id = a.workspace_id and m.id = a.message_id and m.conversation_id = c.id
        returning a.file_id as "fileId"`);
      for (const { fileId } of files) if (fileId !== null) this.outbox.schedule(tx, 'remove-file', fileId);
      const gone = await tx.query<{ id: string }>(sql`
        delete from conversations where workspace_id = ${job.workspaceId} and id in (
            select id from conversations where workspace_id = ${job.workspaceId} and channel_id = ${job.rowId} order by id limit ${batch})
        returning id`);
      if (gone.length > 0)
        this.feed.append(tx, { kind: 'Erased', ids: gone.map((row) => row.id), detail: 'Conversation' });
      return gone.length;
    });
    return removed === batch ? { afterSeconds: 0 } : undefined;
  }
}
