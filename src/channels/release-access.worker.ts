import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { type WorkspaceTransaction, Workspaces, sql } from '../platform/database/index.js';
import { describeError } from '../platform/logging/index.js';
import { type Again, type Job, Queues, type Worker, maxAttempts } from '../platform/queue/index.js';
import { Secrets } from '../platform/secrets/index.js';
import type { OpenChannel } from './channel-adapter.js';
import { ChannelDefinitions } from './channel-definitions.js';
import { tokenPlace } from './channels.js';
import { type ChannelKind, ChannelStatus } from './enums.js';
import { recordTokenUse } from './token-use.js';

interface Leaving {
  readonly channel: OpenChannel;
  /** Another channel of the workspace hears by the same subscription. */
  readonly shared: boolean;
}

/** Ends the access of a disconnected channel at its platform, then wipes the token and what was to be forgotten. */
@Injectable()
export class ReleaseAccessWorker implements Worker, OnModuleInit {
  readonly kind = 'release-access';
  readonly concurrency = 4;
  readonly maxSeconds = 60;
  private readonly logger = new Logger('ReleaseAccess');

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly secrets: Secrets,
    private readonly definitions: ChannelDefinitions,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run(job: Job): Promise<Again | undefined> {
    const leaving = await this.workspaces.run(job.workspaceId, (tx) => this.open(tx, job.rowId));
    if (leaving !== null && !leaving.shared) {
      const { adapter } = this.definitions.of(leaving.channel.kind);
      try {
        await adapter.unsubscribe(leaving.channel, job.signal);
      } catch (error) {
        // Their events are refused here in any case; the token does not wait for ever for a platform that is gone.
        if (job.attempt < maxAttempts) throw error;
        this.logger.warn(
          { channelId: job.rowId },
          `The platform was not told that a channel was disconnected: ${describeError(error)}`,
        );
      }
    }
    const revived = await this.workspaces.run(job.workspaceId, (tx) => this.forget(tx, job.rowId));
    // Somebody connected it again while the platform was being told: the subscription has to stand again.
    if (revived !== null && leaving !== null && !leaving.shared)
      await this.definitions.of(revived.kind).adapter.subscribe?.(revived, job.signal);
    return undefined;
  }

  private async open(tx: WorkspaceTransaction, channelId: string): Promise<Leaving | null> {
    const channel = await this.read(tx, channelId);
    if (channel === null || channel.status !== ChannelStatus.DISCONNECTED) return null;
    const definition = this.definitions.of(channel.open.kind);
    await recordTokenUse(tx, {
      channelId,
      purpose: 'REVOKE',
      host: definition.hostOf?.(channel.open) ?? definition.provider,
      cause: 'disconnected',
    });
    return { channel: channel.open, shared: await this.isShared(tx, channel.open) };
  }

  /** Wipes the token unless the channel was connected again meanwhile; then gives it as it is now. */
  private async forget(tx: WorkspaceTransaction, channelId: string): Promise<OpenChannel | null> {
    await tx.execute(sql`
      update channels
         set token = null,
             external_id = case when settings ? 'forget' then null else external_id end,
             settings = case when settings ? 'forget' then '{}'::jsonb else settings end
       where workspace_id = ${tx.workspaceId} and id = ${channelId} and status = ${ChannelStatus.DISCONNECTED}`);
    return (await this.read(tx, channelId))?.open ?? null;
  }

  private async read(tx: WorkspaceTransaction, channelId: string) {
    const row = await tx.first<{
      kind: ChannelKind;
      status: ChannelStatus;
      externalId: string | null;
      settings: Record<string, unknown>;
      token: Buffer | null;
    }>(sql`
      select kind, status, external_id as "externalId", settings, token from channels
       where workspace_id = ${tx.workspaceId} and id = ${channelId} for update`);
    if (row === null || row.token === null || row.externalId === null) return null;
    const token = await this.secrets.decrypt(tx, tokenPlace(channelId), row.token);
    const open: OpenChannel = {
      workspaceId: tx.workspaceId,
      id: channelId,
      kind: row.kind,
      externalId: row.externalId,
      settings: row.settings,
      token,
    };
    return { open, status: row.status };
  }

  private async isShared(tx: WorkspaceTransaction, channel: OpenChannel): Promise<boolean> {
    const asset = this.definitions.of(channel.kind).subscriptionOf?.(channel) ?? null;
    if (asset === null) return false;
    const others = await tx.query<{ kind: ChannelKind; externalId: string; settings: Record<string, unknown> }>(sql`
      select kind, external_id as "externalId", settings from channels
       where workspace_id = ${tx.workspaceId} and id <> ${channel.id} and status <> ${ChannelStatus.DISCONNECTED} and external_id is not null`);
    return others.some((other) => this.definitions.of(other.kind).subscriptionOf?.(other) === asset);
  }
}
