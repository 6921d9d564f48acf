import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { type WorkspaceTransaction, Workspaces } from '../platform/database/index.js';
import { describeError } from '../platform/logging/index.js';
import { type Again, type Job, Queues, type Worker } from '../platform/queue/index.js';
import { ChannelDefinitions } from './channel-definitions.js';
import { type Leaving, LeavingChannels } from './leaving-channels.js';

/**
 * Ends the access of a disconnected channel at its platform: the webhooks go off, the consent or token is taken back. Then
 * the token is wiped, and what was to be forgotten. A platform that cannot be reached is tried for a day, and that is said;
 * its events are refused here in any case, and the token waits no longer than that.
 */
@Injectable()
export class ReleaseAccessWorker implements Worker, OnModuleInit {
  readonly kind = 'release-access';
  readonly concurrency = 4;
  readonly maxSeconds = 60;
  private readonly logger = new Logger('ReleaseAccess');

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly leaving: LeavingChannels,
    private readonly definitions: ChannelDefinitions,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run(job: Job): Promise<Again | undefined> {
    const run = <Result>(work: (tx: WorkspaceTransaction) => Promise<Result>) =>
      this.workspaces.run(job.workspaceId, work);
    const leaving = await run((tx) => this.leaving.open(tx, job.rowId));
    let told = true;
    if (leaving !== null) {
      try {
        await this.endWebhooks(leaving, job.signal);
        // Connected again meanwhile, it lives by what would be taken back.
        if (await run((tx) => this.leaving.isLeaving(tx, job.rowId))) await this.takeBack(leaving, job.signal);
      } catch (error) {
        this.logger.warn(
          { channelId: job.rowId },
          `The platform was not told that a channel was disconnected: ${describeError(error)}`,
        );
        if (leaving.secondsLeft > 0) {
          await run((tx) => this.leaving.sayTrying(tx, job.rowId));
          return { afterSeconds: pause(leaving) };
        }
        told = false;
      }
    }
    const revived = await run((tx) => this.leaving.forget(tx, job.rowId, told));
    // Somebody connected it again while the platform was being told: the subscription has to stand again.
    if (revived !== null && leaving !== null && !leaving.shared)
      await this.definitions.of(revived.kind).adapter.subscribe?.(revived, job.signal);
    return undefined;
  }

  private async endWebhooks({ channel, shared }: Leaving, signal: AbortSignal): Promise<void> {
    if (!shared) await this.definitions.of(channel.kind).adapter.unsubscribe(channel, signal);
  }

  private async takeBack({ channel, shared, others }: Leaving, signal: AbortSignal): Promise<void> {
    await this.definitions.of(channel.kind).adapter.revoke?.(channel, others || shared, signal);
  }
}

/** Soon at first, then about as long as it has been, half an hour at the most. */
function pause({ secondsGone, secondsLeft }: Leaving): number {
  return Math.max(1, Math.min(Math.max(5, secondsGone), 1_800, secondsLeft + 1));
}
