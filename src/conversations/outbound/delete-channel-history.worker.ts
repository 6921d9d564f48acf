import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ChannelDisconnected } from '../../channels/index.js';
import { Workspaces, sql } from '../../platform/database/index.js';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { LegalHolds } from '../../platform/personal-data/index.js';
import { RemoveConversations } from '../remove-conversations.js';

const batch = 100;
const daySeconds = 86_400;

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
    private readonly conversations: RemoveConversations,
    private readonly holds: LegalHolds,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
    this.facts.on(ChannelDisconnected, (tx, fact) =>
      Promise.resolve(fact.deleteHistory ? this.outbox.schedule(tx, this.kind, fact.channelId) : undefined),
    );
  }

  async run(job: Job): Promise<Again | undefined> {
    const removed = await this.workspaces.run(job.workspaceId, async (tx) => {
      const found = await tx.query<{ id: string }>(sql`
        select id from conversations c where workspace_id = ${job.workspaceId} and channel_id = ${job.rowId}
           and ${this.holds.without(sql`c.workspace_id`, sql`c.contact_id`)} order by id limit ${batch}`);
      await this.conversations.run(
        tx,
        found.map(({ id }) => id),
      );
      return found.length;
    });
    if (removed === batch) return { afterSeconds: 0 };
    // What a legal hold keeps is looked at again until it is released.
    return (await this.isEmpty(job)) ? undefined : { afterSeconds: daySeconds };
  }

  private async isEmpty({ workspaceId, rowId }: Job): Promise<boolean> {
    const left = await this.workspaces.read(workspaceId, (tx) =>
      tx.first(sql`select from conversations where workspace_id = ${workspaceId} and channel_id = ${rowId} limit 1`),
    );
    return left === null;
  }
}
