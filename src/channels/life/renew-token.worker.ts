import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import type { OpenChannel, Renewal } from '../channel-adapter.js';
import { tokenPlace } from '../channel-secrets.js';
import { Channels } from '../channels.js';
import { ChannelStatus } from '../enums.js';
import { type LivingChannel, day, livingChannel, renewDays } from './living-channel.js';
import { refreshJob } from './look-after.js';

const retrySeconds = 3_600;

/**
 * Renews tokens that end, ten days before they do, and tries every hour until it has worked or the end is there. A token
 * whose end the platform never tells is renewed when it is a day old, and its end is known from then on.
 */
@Injectable()
export class RenewTokenWorker implements Worker, OnModuleInit {
  readonly kind = refreshJob;
  readonly concurrency = 4;
  readonly maxSeconds = 90;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly channels: Channels,
    private readonly secrets: Secrets,
    private readonly feed: LiveFeed,
    private readonly audit: AuditLog,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run(job: Job): Promise<Again | undefined> {
    const opened = await this.workspaces.run(job.workspaceId, (tx) => this.open(tx, job.rowId));
    if (opened === null) return undefined;
    if ('afterSeconds' in opened) return opened;
    const { adapter } = this.channels.definitionOf(opened.channel.kind);
    const renewal = (await adapter.renew?.(opened.channel, job.signal)) ?? ({ kind: 'impossible' } as const);
    return this.workspaces.run(job.workspaceId, (tx) => this.write(tx, opened.channel, opened.version, renewal));
  }

  /** Opens the token where it is due to be renewed; gives when it will be where it is not, null where it never is. */
  private async open(
    tx: WorkspaceTransaction,
    channelId: string,
  ): Promise<{ channel: OpenChannel; version: string } | { afterSeconds: number } | null> {
    const living = await livingChannel(tx, channelId);
    if (living === null) return null;
    const due = this.dueIn(living);
    if (due === null) return null;
    if (due > 0) return { afterSeconds: due };
    const channel = await this.channels.openChannel(tx, channelId, { purpose: 'RENEW', cause: `job ${refreshJob}` });
    return channel === null ? null : { channel, version: living.version };
  }

  /** Seconds until a token is renewed; null where that is not for the clock to do. */
  private dueIn({ kind, settings, endsIn, age }: LivingChannel): number | null {
    const definition = this.channels.definitionOf(kind);
    if (definition.adapter.renew === undefined) return null;
    // Platforms renew no token that is not a day old.
    const young = Math.max(0, day + 60 - age);
    if (endsIn !== null) return endsIn <= 0 ? null : Math.max(young, endsIn - renewDays * day);
    return (definition.tokenDays?.({ settings }) ?? null) === null ? null : young;
  }

  private async write(
    tx: WorkspaceTransaction,
    channel: OpenChannel,
    version: string,
    renewal: Renewal,
  ): Promise<Again | undefined> {
    const now = await livingChannel(tx, channel.id);
    if (now === null) return undefined;
    // Connected anew while the platform was asked: that token has a life of its own.
    if (now.version !== version) return { afterSeconds: 1 };
    if (renewal.kind === 'impossible') return undefined;
    if (renewal.kind === 'unknown') return { afterSeconds: retrySeconds };
    if (renewal.kind === 'refused') {
      await this.channels.markExpired(tx, channel.id, renewal.reason);
      return undefined;
    }
    const token = await this.secrets.encrypt(tx, tokenPlace(channel.id), renewal.token);
    await tx.execute(sql`
      update channels set token = ${token}, token_expires_at = now() + make_interval(secs => ${renewal.seconds}::float8),
             last_error = case when status = ${ChannelStatus.EXPIRING} then null else last_error end,
             status = case when status = ${ChannelStatus.EXPIRING} then ${ChannelStatus.CONNECTED} else status end
       where workspace_id = ${tx.workspaceId} and id = ${channel.id}`);
    this.feed.append(tx, { kind: 'ChannelChanged', ids: [channel.id] });
    this.audit.record(tx, { actor: 'system', action: 'channel.renew', target: channel.id });
    const { seconds } = renewal;
    return seconds === null ? undefined : { afterSeconds: Math.max(retrySeconds, seconds - renewDays * day) };
  }
}
