import { Injectable } from '@nestjs/common';
import { SystemDatabase, type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { BuyerMark } from '../checkout/buyer-mark.js';
import { LeavingSubscriptions } from '../leaving/leaving-subscriptions.js';
import type { MerchantEvent, MerchantName, MerchantSubscription } from '../merchants/merchant.js';
import { Plans } from '../plans/plans.js';
import { notYetUnderstood } from '../subscriptions/heard.js';
import { Subscriptions } from '../subscriptions/subscriptions.js';
import { syncSubscription } from '../sync/sync-subscription.worker.js';

/** What became of an event. `set-aside` in words without content, for the operator. */
export type Outcome =
  | { readonly kind: 'applied' | 'older' | 'asked' | 'gone' | 'other' }
  | { readonly kind: 'set-aside'; readonly workspaceId: string | null; readonly reason: string };

/**
 * Applies an event of the merchant: the state in it holds if it is newer than what is known, and the merchant is asked in any
 * case, so that neither the order of events nor one that was lost matters. Which plan it is follows from what was paid for,
 * and whose it is from what is known or from our own mark: nothing else in an event is believed.
 */
@Injectable()
export class ApplyMerchantEvent {
  constructor(
    private readonly system: SystemDatabase,
    private readonly workspaces: Workspaces,
    private readonly plans: Plans,
    private readonly subscriptions: Subscriptions,
    private readonly mark: BuyerMark,
    private readonly outbox: Outbox,
    private readonly leaving: LeavingSubscriptions,
  ) {}

  async run(provider: MerchantName, event: MerchantEvent): Promise<Outcome> {
    const { about } = event;
    if (about === null) return { kind: 'other' };
    const buyer = await this.buyerOf(provider, about);
    if (buyer === 'forged')
      return { kind: 'set-aside', workspaceId: null, reason: 'it names a workspace without our signature' };
    if (buyer === 'none') return { kind: 'other' };
    return this.workspaces.run(buyer.workspaceId, async (tx) => {
      if (!(await this.leaving.isThere(tx))) return this.tooLate(tx, provider, about);
      const outcome: Outcome = 'status' in about ? await this.take(tx, provider, about) : { kind: 'asked' };
      await this.ask(tx, provider, about.reference);
      return outcome;
    });
  }

  private async take(tx: WorkspaceTransaction, provider: MerchantName, told: MerchantSubscription): Promise<Outcome> {
    const { unknown } = this.plans.bought(provider, told.prices);
    if (unknown.length === 0)
      return { kind: (await this.subscriptions.take(tx, provider, told)) ? 'applied' : 'older' };
    // What was paid for stays as it was, so that nobody loses a plan because its price is new at the merchant.
    const before = (await this.subscriptions.kept(tx)).find(({ reference }) => reference === told.reference);
    const prices = before?.prices ?? told.prices.filter((price) => !unknown.includes(price));
    if (prices.length > 0) await this.subscriptions.take(tx, provider, notYetUnderstood(told, prices));
    const reason = 'it is for a price that stands in no plan: add it to the file of plans, then apply it again';
    return { kind: 'set-aside', workspaceId: tx.workspaceId, reason };
  }

  private async buyerOf(
    provider: MerchantName,
    about: MerchantSubscription | { readonly reference: string },
  ): Promise<ReturnType<BuyerMark['read']>> {
    const references = [about.reference, ...('checkout' in about && about.checkout !== null ? [about.checkout] : [])];
    const known = await this.system.first<{ workspaceId: string }>(sql`
      select workspace_id as "workspaceId" from merchant_references
       where provider = ${provider} and reference = any (${references})
       order by reference = ${about.reference} desc limit 1`);
    if (known !== null) return known;
    return 'customData' in about ? this.mark.read(about.customData) : 'none';
  }

  /** The workspace is gone, or goes: nothing brings it back, and what was paid for since ends as well. */
  private async tooLate(
    tx: WorkspaceTransaction,
    provider: MerchantName,
    about: MerchantSubscription | { readonly reference: string },
  ): Promise<Outcome> {
    if ('status' in about) await this.leaving.endLate(tx, provider, about);
    return { kind: 'gone' };
  }

  private async ask(tx: WorkspaceTransaction, provider: MerchantName, reference: string): Promise<void> {
    const row = await tx.first<{ id: string }>(sql`
      select id from merchant_subscriptions
       where workspace_id = ${tx.workspaceId} and provider = ${provider} and reference = ${reference}`);
    if (row !== null) this.outbox.scheduleBehind(tx, syncSubscription, row.id);
  }
}
