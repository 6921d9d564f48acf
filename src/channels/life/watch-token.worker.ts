import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import type { OpenChannel, Probe } from '../channel-adapter.js';
import { Channels } from '../channels.js';
import { Grantors } from '../grantors.js';
import { type LivingChannel, day, endedWords, livingChannel, warnDays } from './living-channel.js';
import { expiryJob } from './look-after.js';
import { WatchEffects } from './watch-effects.js';

const firstProbe = day;
const soon = 1_800;

interface Opened {
  readonly channel: OpenChannel;
  readonly living: LivingChannel;
}

/**
 * Asks the platform once a day whether a connection holds: the token, and whether the webhooks are still on (platforms
 * switch them off after an hour of failures). Says what ends, a week before, and what has ended, at once; a platform that
 * cannot answer says nothing, and is asked again.
 */
@Injectable()
export class WatchTokenWorker implements Worker, OnModuleInit {
  readonly kind = expiryJob;
  readonly concurrency = 4;
  readonly maxSeconds = 90;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly channels: Channels,
    private readonly grantors: Grantors,
    private readonly effects: WatchEffects,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run(job: Job): Promise<Again | undefined> {
    const opened = await this.workspaces.run(job.workspaceId, (tx) => this.open(tx, job.rowId));
    if (opened === null) return undefined;
    if ('afterSeconds' in opened) return opened;
    const { adapter } = this.channels.definitionOf(opened.channel.kind);
    const probe = (await adapter.probe?.(opened.channel, job.signal)) ?? ({ kind: 'unknown', reason: '' } as const);
    return this.workspaces.run(job.workspaceId, (tx) => this.write(tx, opened, probe));
  }

  /** Opens the token for a look; null where the channel needs none any more. */
  private async open(tx: WorkspaceTransaction, channelId: string): Promise<Opened | { afterSeconds: number } | null> {
    const living = await livingChannel(tx, channelId);
    if (living === null) return null;
    if (living.endsIn !== null && living.endsIn <= 0) {
      await this.channels.markExpired(tx, channelId, endedWords);
      return null;
    }
    const { adapter } = this.channels.definitionOf(living.kind);
    if (adapter.probe === undefined) return null;
    // It was asked when it was connected.
    if (living.age < firstProbe - soon) return { afterSeconds: wait(living.endsIn, firstProbe - living.age) };
    const channel = await this.channels.openChannel(tx, channelId, { purpose: 'VERIFY', cause: `job ${expiryJob}` });
    return channel === null ? null : { channel, living };
  }

  private async write(tx: WorkspaceTransaction, { channel, living }: Opened, probe: Probe): Promise<Again | undefined> {
    const now = await livingChannel(tx, channel.id);
    if (now === null) return undefined;
    // Connected anew, or renewed, while the platform was asked about the old token.
    if (now.version !== living.version) return { afterSeconds: soon };
    if (probe.kind === 'refused') {
      await this.channels.markExpired(tx, channel.id, probe.reason);
      return undefined;
    }
    if (probe.kind === 'unknown') {
      await this.effects.warn(tx, channel.id, now);
      return { afterSeconds: wait(now.endsIn, soon) };
    }
    if (probe.endsAt !== undefined)
      await tx.execute(sql`
        update channels set token_expires_at = ${probe.endsAt} where workspace_id = ${tx.workspaceId} and id = ${channel.id}
           and token_expires_at is distinct from ${probe.endsAt}`);
    if (probe.grantedBy !== null) await this.noteGrantors(tx, channel.id, now, probe.grantedBy);
    if (probe.subscribedAgain) await this.effects.subscribedAgain(tx, channel);
    const after = (await livingChannel(tx, channel.id)) ?? now;
    if (after.endsIn !== null && after.endsIn <= 0) {
      await this.channels.markExpired(tx, channel.id, endedWords);
      return undefined;
    }
    await this.effects.warn(tx, channel.id, after);
    return { afterSeconds: wait(after.endsIn, day) };
  }

  /** Connections from before consents were noted, and tokens whose holder was not told then. */
  private async noteGrantors(
    tx: WorkspaceTransaction,
    channelId: string,
    { provider, settings }: LivingChannel,
    people: readonly string[],
  ): Promise<void> {
    if (JSON.stringify(settings['grantedBy']) === JSON.stringify(people)) return;
    await tx.execute(sql`
      update channels set settings = settings || ${JSON.stringify({ grantedBy: people })}::jsonb
       where workspace_id = ${tx.workspaceId} and id = ${channelId}`);
    await this.grantors.note(tx, provider, channelId, people);
  }
}

/** Seconds until the next look: a day, or sooner where the end or the week before it comes first. */
function wait(endsIn: number | null, most: number): number {
  const marks = endsIn === null ? [] : [endsIn, endsIn - warnDays * day].filter((seconds) => seconds > 0);
  return Math.max(1, Math.min(most, ...marks.map((seconds) => seconds + 1)));
}
