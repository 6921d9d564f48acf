import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, newId, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import { EntitlementsChanged } from '../billing.events.js';
import { reconcileBilling } from '../life/kinds.js';
import type { MerchantName, MerchantSubscription } from '../merchants/merchant.js';
import { Plans } from '../plans/plans.js';
import { reconcileUsage } from '../usage/kinds.js';
import { BillingRecords } from './billing-records.js';
import { type Heard, firstHeard, heardMore } from './heard.js';
import { type KeptSubscription, type Standing, type StandingNow, standingOf } from './standing.js';

/** The kind of job that looks at a standing again once something of it has ended. */
export const lookAtStanding = 'look-at-standing';

const keptColumns = sql`id, provider, reference, customer, status, prices, renews_at as "renewsAt", ends_at as "endsAt",
  case when status = 'PAST_DUE' then past_dues[1] end as "pastDueSince", as_of as "asOf", good_at as "goodAt", past_dues as "pastDues"`;
const standingColumns = sql`plan, status, add_ons as "addOns", provider, live, live_until as "liveUntil", trial_ends_at as "trialEndsAt",
  renews_at as "renewsAt", cancel_at as "cancelAt", grace_ends_at as "graceEndsAt"`;

/** How a workspace stands, and what its merchant said of it. Participants. */
@Injectable()
export class Subscriptions {
  constructor(
    private readonly plans: Plans,
    private readonly records: BillingRecords,
    private readonly facts: Facts,
    private readonly outbox: Outbox,
    private readonly feed: LiveFeed,
  ) {}

  /** Begins the trial of a workspace that has no standing yet, where plans are sold with one, and that it is looked at daily. */
  async begin(tx: WorkspaceTransaction): Promise<void> {
    if (!this.plans.sold) return;
    const { trial } = this.plans;
    const days = trial?.days ?? null;
    const begun = await tx.execute(sql`
      insert into subscriptions (workspace_id, status, live, trial_ends_at)
      values (${tx.workspaceId}, 'NONE', false, now() + make_interval(days => ${days}::int)) on conflict do nothing`);
    if (begun > 0) this.outbox.scheduleAfter(tx, reconcileBilling, tx.workspaceId, 86_400);
    this.outbox.scheduleBehind(tx, reconcileUsage, tx.workspaceId);
    await this.settle(tx);
  }

  /** How it stands; null where that was never settled. */
  read(tx: WorkspaceTransaction): Promise<Standing | null> {
    return tx.first<Standing>(sql`select ${standingColumns} from subscriptions where workspace_id = ${tx.workspaceId}`);
  }

  /** What the merchant said last of each subscription, the newest first. */
  kept(tx: WorkspaceTransaction): Promise<KeptSubscription[]> {
    return tx.query<KeptSubscription>(sql`
      select ${keptColumns} from merchant_subscriptions where workspace_id = ${tx.workspaceId} order by as_of desc, id`);
  }

  /**
   * Takes what the merchant says of a subscription, and settles the standing by it; false where nothing is new. Taken twice,
   * or in another order, it comes to the same. `asked`: it is an answer to our own question.
   */
  async take(
    tx: WorkspaceTransaction,
    provider: MerchantName,
    told: MerchantSubscription,
    asked = false,
  ): Promise<boolean> {
    const { reference } = told;
    await tx.execute(sql`
      insert into merchant_references (provider, reference, workspace_id) values (${provider}, ${reference}, ${tx.workspaceId})
      on conflict do nothing`);
    const first = firstHeard(told);
    const isFirst = await tx.execute(sql`
      insert into merchant_subscriptions
             (workspace_id, id, provider, reference, customer, status, prices, renews_at, ends_at, as_of, good_at, past_dues)
      values (${tx.workspaceId}, ${newId()}, ${provider}, ${reference}, ${first.customer}, ${first.status}, ${first.prices},
              ${first.renewsAt}, ${first.endsAt}, ${first.asOf}, ${first.goodAt}, ${first.pastDues}::timestamptz[])
      on conflict do nothing`);
    if (isFirst === 0 && !(await this.takeMore(tx, provider, told, asked))) return false;
    await this.settle(tx, reference);
    return true;
  }

  private async takeMore(
    tx: WorkspaceTransaction,
    provider: MerchantName,
    told: MerchantSubscription,
    asked: boolean,
  ): Promise<boolean> {
    const known = await tx.first<Heard & { id: string }>(sql`
      select ${keptColumns} from merchant_subscriptions
       where workspace_id = ${tx.workspaceId} and provider = ${provider} and reference = ${told.reference} for update`);
    if (known === null) throw new Error('A subscription went while it was told of.');
    const heard = heardMore(known, told, asked);
    if (heard === known) return false;
    await tx.execute(sql`
      update merchant_subscriptions
         set customer = ${heard.customer}, status = ${heard.status}, prices = ${heard.prices}, renews_at = ${heard.renewsAt},
             ends_at = ${heard.endsAt}, as_of = ${heard.asOf}, good_at = ${heard.goodAt}, past_dues = ${heard.pastDues}::timestamptz[]
       where workspace_id = ${tx.workspaceId} and id = ${known.id}`);
    return true;
  }

  /** Settles how it stands now. What changed is told to who freezes and thaws, in this transaction. */
  async settle(tx: WorkspaceTransaction, reference: string | null = null): Promise<StandingNow | null> {
    if (!this.plans.sold) return null;
    await tx.execute(sql`
      insert into subscriptions (workspace_id, status, live) values (${tx.workspaceId}, 'NONE', false) on conflict do nothing`);
    const before = await tx.first<Standing & { now: Date }>(sql`
      select ${standingColumns}, now() as now from subscriptions where workspace_id = ${tx.workspaceId} for update`);
    if (before === null) throw new Error('A standing was not written.');
    const { now, ...stood } = before;
    const standing = standingOf(await this.kept(tx), stood.trialEndsAt, this.plans, now);
    if (standing.changesAt !== null) this.outbox.schedule(tx, lookAtStanding, tx.workspaceId, standing.changesAt);
    const { changesAt: _changesAt, ...stands } = standing;
    if (isSame(stood, stands)) return standing;
    await this.write(tx, stands, stood.status !== stands.status || stood.provider !== stands.provider);
    await this.records.note(tx, stands, reference);
    await this.facts.announce(tx, new EntitlementsChanged(tx.workspaceId));
    this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [tx.workspaceId], detail: 'billing' });
    return standing;
  }

  private async write(tx: WorkspaceTransaction, standing: Standing, isNews: boolean): Promise<void> {
    const { plan, status, addOns, provider, live, liveUntil, renewsAt, cancelAt, graceEndsAt } = standing;
    await tx.execute(sql`
      update subscriptions
         set plan = ${plan}, status = ${status}, add_ons = ${addOns}, provider = ${provider}, live = ${live}, live_until = ${liveUntil},
             renews_at = ${renewsAt}, cancel_at = ${cancelAt}, grace_ends_at = ${graceEndsAt},
             since = case when ${isNews} then now() else since end
       where workspace_id = ${tx.workspaceId}`);
  }
}

function isSame(one: Standing, other: Standing): boolean {
  const inOrder = (standing: Standing) => JSON.stringify(Object.entries(standing).sort(([a], [b]) => (a < b ? -1 : 1)));
  return inOrder(one) === inOrder(other);
}
