import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { EntitlementsChanged } from '../billing.events.js';
import { Plans } from '../plans/plans.js';
import { syncSubscription } from '../sync/sync-subscription.worker.js';
import { Subscriptions } from '../subscriptions/subscriptions.js';
import { billingMails, reconcileBilling } from './kinds.js';

/**
 * Once a day for each workspace, at a minute of its own: begins its trial where it never had a standing, settles the standing
 * by the rows, has the merchant asked about each subscription, and looks at what the owners should know. So whatever was
 * missed, an event or a timer, is made good within a day.
 */
@Injectable()
export class ReconcileBillingWorker implements Worker, OnModuleInit {
  readonly kind = reconcileBilling;
  readonly concurrency = 1;
  readonly maxSeconds = 60;

  constructor(
    private readonly queues: Queues,
    private readonly outbox: Outbox,
    private readonly facts: Facts,
    private readonly workspaces: Workspaces,
    private readonly plans: Plans,
    private readonly subscriptions: Subscriptions,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run({ workspaceId }: Job): Promise<Again | undefined> {
    // Nothing is sold any more: begun again at the start at which something is.
    if (!this.plans.sold) return this.end(workspaceId);
    return this.workspaces.run(workspaceId, async (tx) => {
      await this.subscriptions.begin(tx);
      for (const id of await this.toAskAbout(tx)) this.outbox.scheduleBehind(tx, syncSubscription, id);
      this.outbox.schedule(tx, billingMails, workspaceId);
      return { afterSeconds: await this.secondsToNext(tx) };
    });
  }

  /** Everything is on: what was frozen for want of a plan thaws. */
  private async end(workspaceId: string): Promise<undefined> {
    await this.workspaces.run(workspaceId, (tx) => this.facts.announce(tx, new EntitlementsChanged(workspaceId)));
  }

  /** What has ended long ago does not change any more. */
  private async toAskAbout(tx: WorkspaceTransaction): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(sql`
      select id from merchant_subscriptions
       where workspace_id = ${tx.workspaceId} and (status <> 'CANCELED' or coalesce(ends_at, as_of) > now() - interval '35 days')`);
    return rows.map(({ id }) => id);
  }

  /** To the workspace's own second of the day, which its id gives: never all of them at once. */
  private async secondsToNext(tx: WorkspaceTransaction): Promise<number> {
    const row = await tx.first<{ seconds: number }>(sql`
      select 3600 + mod(mod(hashtext(${tx.workspaceId}::text), 86400) + 3 * 86400 - extract(epoch from now() at time zone 'UTC' - date_trunc('day', now() at time zone 'UTC'))::int - 3600, 86400)::int as seconds`);
    return row?.seconds ?? 86_400;
  }
}
