import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Channels, MessagesMissed, type OpenChannel, type RoutedItem } from '../../channels/index.js';
import { type WorkspaceTransaction, Workspaces, newId, sql } from '../../platform/database/index.js';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import { type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { ReceiveMessages } from './receive-messages.js';

// Webhooks may have stopped before anybody noticed, but not before the last daily look. What is known already stays as it is.
const unnoticedSeconds = 25 * 3_600;

/**
 * Fetches what was written while a channel heard nothing, where its platform gives that. It is applied as if it had been
 * delivered: a message that is there already, by the platform's id, stays as it is.
 */
@Injectable()
export class FetchMissedWorker implements Worker, OnModuleInit {
  readonly kind = 'fetch-missed';
  readonly concurrency = 2;
  readonly maxSeconds = 120;
  private readonly logger = new Logger('FetchMissed');

  constructor(
    private readonly queues: Queues,
    private readonly facts: Facts,
    private readonly outbox: Outbox,
    private readonly workspaces: Workspaces,
    private readonly channels: Channels,
    private readonly receive: ReceiveMessages,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
    this.facts.on(MessagesMissed, (tx, { channelId }) =>
      Promise.resolve(this.outbox.schedule(tx, this.kind, channelId)),
    );
  }

  async run(job: Job): Promise<undefined> {
    const gap = await this.workspaces.run(job.workspaceId, (tx) => this.open(tx, job.rowId));
    if (gap === null) return undefined;
    const { adapter } = this.channels.definitionOf(gap.channel.kind);
    const payloads = (await adapter.missed?.(gap.channel, gap.since, job.signal)) ?? [];
    await this.apply(job.workspaceId, gap.channel, payloads);
    await this.workspaces.run(job.workspaceId, (tx) => this.channels.closeGap(tx, job.rowId));
    return undefined;
  }

  /** The gap, from the last that was heard of a customer; null where there is none, or nothing to ask with. */
  private async open(
    tx: WorkspaceTransaction,
    channelId: string,
  ): Promise<{ channel: OpenChannel; since: Date } | null> {
    const began = await this.channels.gapOf(tx, channelId);
    if (began === null) return null;
    const row = await tx.first<{ since: Date }>(sql`
      select greatest(least(max(c.last_inbound_at), ${began}), ${began}::timestamptz - make_interval(secs => ${unnoticedSeconds}), h.connected_at) as since
        from channels h left join conversations c on c.workspace_id = h.workspace_id and c.channel_id = h.id
       where h.workspace_id = ${tx.workspaceId} and h.id = ${channelId} group by h.connected_at`);
    const channel = await this.channels.openChannel(tx, channelId, { purpose: 'PULL', cause: `job ${this.kind}` });
    return channel === null ? null : { channel, since: row?.since ?? began };
  }

  private async apply(workspaceId: string, { id, kind }: OpenChannel, payloads: readonly unknown[]): Promise<void> {
    if (payloads.length === 0) return;
    const receivedAt = new Date();
    const items: RoutedItem[] = payloads.map((payload) => ({
      deliveryId: newId(),
      receivedAt,
      channelId: id,
      kind,
      payload,
    }));
    const { failed, rejected } = await this.receive.apply(new Map([[workspaceId, items]]));
    for (const [, error] of failed) throw error instanceof Error ? error : new Error('It could not be stored.');
    if (rejected.length > 0)
      this.logger.warn({ channelId: id }, `${String(rejected.length)} missed messages could not be understood.`);
  }
}
