import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { describeError } from '../../platform/logging/index.js';
import { noWorkspace } from '../../platform/outbox/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { MerchantError } from '../merchants/merchant.js';
import { MerchantsKnown } from '../merchants/merchants-known.js';
import {
  type OwedCancellation,
  OwedCancellations,
  cancelSubscription,
  waitedForSeconds,
} from './owed-cancellations.js';

const longestPause = 1_800;

/**
 * Ends a subscription of a deleted workspace at its merchant. One who cannot be reached, or refuses, is asked again until
 * it is confirmed: for 23 hours the workspace's receipt waits for it, and after that it goes on outside the workspace.
 */
@Injectable()
export class CancelSubscriptionWorker implements Worker, OnModuleInit, OnApplicationBootstrap {
  readonly kind = cancelSubscription;
  readonly concurrency = 4;
  readonly maxSeconds = 60;
  private readonly logger = new Logger('CancelSubscription');

  constructor(
    private readonly queues: Queues,
    private readonly owed: OwedCancellations,
    private readonly merchants: MerchantsKnown,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  // A restored backup knows what is owed, and not always that somebody works on it.
  async onApplicationBootstrap(): Promise<void> {
    if (this.config.works) await this.owed.resume();
  }

  async run(job: Job): Promise<Again | undefined> {
    const owed = await this.owed.byId(job.rowId);
    if (owed === null || owed.confirmed) return undefined;
    try {
      await this.end(owed, job.signal);
    } catch (error) {
      return this.later(job, owed, error);
    }
    await this.owed.confirm(owed.id);
    return undefined;
  }

  private async end({ provider, reference }: OwedCancellation, signal: AbortSignal): Promise<void> {
    const merchant = this.merchants.of(provider);
    if (merchant === null)
      throw new MerchantError('credentials', `There is no key for ${provider} any more: set it once more.`);
    await merchant.cancel(reference, 'now', signal);
  }

  private async later(job: Job, owed: OwedCancellation, error: unknown): Promise<Again | undefined> {
    const { provider, reference, secondsGone } = owed;
    const isWaitedFor = job.workspaceId !== noWorkspace;
    if (isWaitedFor && secondsGone >= waitedForSeconds) {
      await this.owed.handOver(owed.id);
      this.logger.error(
        { provider },
        `The subscription ${reference} of a deleted workspace could not be cancelled within 23 hours, which its receipt says. It is tried on; cancel it at ${provider} by hand if this lasts: ${describeError(error)}`,
      );
      return undefined;
    }
    this.logger.warn(
      { provider },
      `A subscription of a deleted workspace is not cancelled yet, and is tried again: ${describeError(error)}`,
    );
    const asked = error instanceof MerchantError ? (error.retryAfterSeconds ?? 0) : 0;
    const pause = Math.max(5, asked, Math.min(secondsGone, longestPause));
    return { afterSeconds: isWaitedFor ? Math.max(1, Math.min(pause, waitedForSeconds - secondsGone + 1)) : pause };
  }
}
