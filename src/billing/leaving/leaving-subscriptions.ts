import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import type { MerchantName, MerchantSubscription } from '../merchants/merchant.js';
import { BillingRecords, type KeptRecords } from '../subscriptions/billing-records.js';
import { OwedCancellations, type Parted, cancelSubscription, waitedForSeconds } from './owed-cancellations.js';

/** What became of what a deleted workspace had bought. */
export interface Parting {
  /** Subscriptions by merchant; `confirmed`: ended there, else it is still tried. */
  readonly subscriptions: readonly Parted[];
  /** Some may still be confirmed in time to be named as ended. */
  readonly waits: boolean;
  /** What the law wants kept of its sales; null where nothing was sold. */
  readonly records: KeptRecords | null;
}

/** What happens to the subscriptions of a workspace that is deleted. */
@Injectable()
export class LeavingSubscriptions {
  /** The kind of job that ends them; the workspace's last rows wait for it, a day at most. */
  readonly job = cancelSubscription;

  constructor(
    private readonly owed: OwedCancellations,
    private readonly records: BillingRecords,
  ) {}

  /** Participant. They end at the merchant at once, not with the period that was paid for. */
  async begin(tx: WorkspaceTransaction): Promise<void> {
    await this.owed.owe(tx);
  }

  /** Participant. Whether the workspace is there and is not being deleted; so it stays until this transaction ends. */
  async isThere(tx: WorkspaceTransaction): Promise<boolean> {
    const there = await tx.first(sql`select from workspaces where id = ${tx.workspaceId} for key share`);
    // A statement of its own: the one before may have waited for the deletion, and has seen what was there before it waited.
    return (
      there !== null &&
      (await tx.first(sql`select from workspace_deletions where workspace_id = ${tx.workspaceId}`)) === null
    );
  }

  /** Participant. A workspace that is gone was told of a subscription that goes on: it ends as well. */
  async endLate(
    tx: WorkspaceTransaction,
    provider: MerchantName,
    { reference, status, asOf }: Pick<MerchantSubscription, 'reference' | 'status' | 'asOf'>,
  ): Promise<void> {
    if (status !== 'CANCELED') await this.owed.oweLate(tx, provider, reference, asOf);
  }

  /** For the receipt. */
  async partingOf(workspaceId: string): Promise<Parting> {
    const subscriptions = await this.owed.of(workspaceId);
    const waits = subscriptions.some(({ confirmed, secondsGone }) => !confirmed && secondsGone < waitedForSeconds);
    return { subscriptions, waits, records: await this.records.keptOf(workspaceId) };
  }
}
