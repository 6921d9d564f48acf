import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { type Merchant, MerchantError, type MerchantName } from '../merchants/merchant.js';
import { MerchantsKnown } from '../merchants/merchants-known.js';
import { Plans } from '../plans/plans.js';
import { notYetUnderstood } from '../subscriptions/heard.js';
import { Subscriptions } from '../subscriptions/subscriptions.js';
import { billingDifferences } from '../webhooks/counters.js';

/** The kind of job that asks the merchant how a subscription stands. */
export const syncSubscription = 'sync-subscription';
const laterSeconds = 300;
const wrongKeySeconds = 3_600;

interface Row {
  readonly provider: MerchantName;
  readonly reference: string;
  readonly prices: readonly string[];
}

/**
 * Asks the merchant how a subscription stands: what it says holds if it is newer than what its events said. One that sells
 * here no more is asked as long as its key is set: its events are not taken, and what was sold there goes on.
 */
@Injectable()
export class SyncSubscriptionWorker implements Worker, OnModuleInit {
  readonly kind = syncSubscription;
  readonly concurrency = 2;
  readonly maxSeconds = 60;
  private readonly logger = new Logger('SyncSubscription');

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly merchants: MerchantsKnown,
    private readonly subscriptions: Subscriptions,
    private readonly plans: Plans,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run({ workspaceId, rowId, signal }: Job): Promise<Again | undefined> {
    const row = await this.workspaces.read(workspaceId, (tx) => this.read(tx, rowId));
    const merchant = row === null ? null : this.merchants.of(row.provider);
    if (row === null || merchant === null) return undefined;
    try {
      await this.ask(merchant, workspaceId, rowId, row, signal);
      return undefined;
    } catch (error) {
      if (!(error instanceof MerchantError)) throw error;
      this.logger.warn(
        { workspaceId, reason: error.reason },
        `The merchant did not say how a plan stands: ${error.message}`,
      );
      if (error.reason === 'refused') return undefined;
      return {
        afterSeconds: error.reason === 'credentials' ? wrongKeySeconds : (error.retryAfterSeconds ?? laterSeconds),
      };
    }
  }

  private async ask(merchant: Merchant, workspaceId: string, id: string, row: Row, signal: AbortSignal): Promise<void> {
    const told = await merchant.fetch(row.reference, signal);
    await this.workspaces.run(workspaceId, async (tx) => {
      const known = told !== null && this.plans.bought(merchant.name, told.prices).unknown.length === 0;
      const taken =
        told !== null &&
        (await this.subscriptions.take(tx, merchant.name, known ? told : notYetUnderstood(told, row.prices), true));
      // Its events told the same, or one of them never came.
      if (taken) {
        billingDifferences.inc({ provider: merchant.name });
        this.logger.log({ workspaceId }, 'The merchant knew more of a plan than its events had said.');
      }
      await tx.execute(sql`
        update merchant_subscriptions set checked_at = now() where workspace_id = ${tx.workspaceId} and id = ${id}`);
    });
  }

  private read(tx: WorkspaceTransaction, id: string): Promise<Row | null> {
    return tx.first<Row>(sql`
      select provider, reference, prices from merchant_subscriptions where workspace_id = ${tx.workspaceId} and id = ${id}`);
  }
}
