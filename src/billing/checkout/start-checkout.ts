import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Config } from '../../platform/config/index.js';
import { type WorkspaceTransaction, Workspaces, countInSpan, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput } from '../../platform/errors/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import { type Merchant } from '../merchants/merchant.js';
import { MerchantInUse } from '../merchants/merchant-in-use.js';
import { MerchantsKnown } from '../merchants/merchants-known.js';
import type { PlanEntry } from '../plans/plan-file.js';
import { Plans } from '../plans/plans.js';
import type { KeptSubscription } from '../subscriptions/standing.js';
import { Subscriptions } from '../subscriptions/subscriptions.js';
import { BuyerMark } from './buyer-mark.js';
import { atMerchant } from './merchant-refusal.js';

/** Nobody chooses a plan more often, and each time the merchant is called. */
const cap = { most: 20, seconds: 3_600 };

interface Wanted {
  readonly plan: PlanEntry;
  readonly addOns: readonly string[];
}

/**
 * Buys a plan: opens a checkout at the merchant, or changes the plan that is paid for already. What was bought holds once
 * the merchant says so; nothing that a client sends does.
 */
@Injectable()
export class StartCheckout {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly plans: Plans,
    private readonly inUse: MerchantInUse,
    private readonly merchants: MerchantsKnown,
    private readonly subscriptions: Subscriptions,
    private readonly mark: BuyerMark,
    private readonly audit: AuditLog,
    private readonly secrets: Secrets,
    private readonly config: Config,
  ) {}

  /** Gives where the browser goes next: a checkout at the merchant, or back to our own page where nothing is left to pay. */
  async run(actor: MemberActor, origin: RequestOrigin, code: string, addOns: readonly string[]): Promise<string> {
    const merchant = sellingMerchant(this.inUse);
    const wanted = this.wanted(code, addOns);
    const { workspaceId } = actor;
    const kept = await this.workspaces.run(workspaceId, async (tx) => {
      if (!(await countInSpan(tx, this.secrets.digest('checkout', workspaceId), cap)))
        throw new DomainError(ErrorCode.RATE_LIMITED, 'This was tried too often. Wait an hour.', {
          retryAfter: 3_600,
          reason: 'CHECKOUT_TOO_OFTEN',
        });
      this.audit.record(tx, {
        actor,
        action: 'billing.checkout',
        target: workspaceId,
        origin,
        detail: { plan: code, addOns },
      });
      return this.subscriptions.kept(tx);
    });
    // A second one beside it would be charged as well.
    const isElsewhere = ({ provider, endsAt }: KeptSubscription) =>
      provider !== merchant.name && endsAt === null && this.merchants.of(provider) !== null;
    if (kept.some(isElsewhere))
      throw new DomainError(
        ErrorCode.CONFLICT,
        'What is paid for now was bought from a seller who is not in use here any more. Cancel it first: it runs to the end of what was paid. Then choose a plan.',
        { reason: 'PLAN_ELSEWHERE' },
      );
    const alive = kept.filter((one) => one.provider === merchant.name && mayGoOn(one));
    const main = alive.find((one) => this.plans.bought(one.provider, one.prices).plan !== null);
    if (wanted.plan.retired && (main === undefined || this.plans.bought(main.provider, main.prices).plan !== code))
      throw badInput('plan', 'That plan is not sold any more.', 'PLAN_UNKNOWN');
    if (main === undefined) return this.buy(merchant, workspaceId, this.pricesOf(merchant, wanted), kept);
    if (main.status === 'PAUSED' || main.status === 'CANCELED')
      throw new DomainError(
        ErrorCode.CONFLICT,
        'This plan is paused or ends soon. Resume it first, under invoices and payment; then it can be changed.',
        { reason: 'PLAN_RESUME_FIRST' },
      );
    await this.change(merchant, workspaceId, main, this.pricesOf(merchant, wanted));
    return merchant.holdsSeveral
      ? this.place('changed', workspaceId)
      : this.changeAddOns(merchant, workspaceId, alive, wanted);
  }

  private wanted(code: string, addOns: readonly string[]): Wanted {
    const plan = this.plans.of(code);
    if (plan === null || this.plans.priceOf(code) === null)
      throw badInput('plan', 'There is no plan of that name.', 'PLAN_UNKNOWN');
    const sold = this.plans.addOnsOf(plan).map((one) => one.code);
    const unknown = addOns.find((one) => !sold.includes(one));
    if (unknown !== undefined)
      throw badInput('addOns', `The plan ${plan.name} cannot be bought with that add-on.`, 'PLAN_ADD_ON_UNKNOWN', {
        plan: plan.name,
      });
    return { plan, addOns: [...new Set(addOns)] };
  }

  /** What one subscription is of: all together, or the plan alone where the merchant's hold one price. */
  private pricesOf({ holdsSeveral }: Merchant, { plan, addOns }: Wanted): string[] {
    const codes = holdsSeveral ? [plan.code, ...addOns] : [plan.code];
    return codes.map((code) => this.plans.priceOf(code)).filter((price) => price !== null);
  }

  private async buy(
    merchant: Merchant,
    workspaceId: string,
    prices: readonly string[],
    kept: readonly KeptSubscription[],
  ): Promise<string> {
    const { url, reference } = await atMerchant((signal) =>
      merchant.checkout(
        {
          prices,
          customData: this.mark.of(workspaceId),
          workspaceId,
          customer: kept.find(({ provider }) => provider === merchant.name)?.customer ?? null,
          returnUrl: this.place('done', workspaceId),
          payUrl: `${this.config.publicUrl}/billing/pay?workspace=${workspaceId}`,
        },
        signal,
      ),
    );
    if (reference !== null) await this.workspaces.run(workspaceId, (tx) => noteReference(tx, merchant.name, reference));
    return url;
  }

  private async change(
    merchant: Merchant,
    workspaceId: string,
    { reference, prices: before }: KeptSubscription,
    prices: readonly string[],
  ): Promise<void> {
    if (isSame(before, prices)) return;
    const told = await atMerchant((signal) => merchant.change(reference, prices, signal));
    await this.workspaces.run(workspaceId, (tx) => this.subscriptions.take(tx, merchant.name, told));
  }

  /** Where each add-on is a subscription of its own: those that are not wanted end, and the first that is missing is bought. */
  private async changeAddOns(
    merchant: Merchant,
    workspaceId: string,
    alive: readonly KeptSubscription[],
    { plan, addOns }: Wanted,
  ): Promise<string> {
    const has = alive.map((one) => ({ one, codes: this.plans.bought(one.provider, one.prices).addOns }));
    const dropped = has.filter(
      ({ one, codes }) => codes.length > 0 && one.status !== 'CANCELED' && !codes.some((code) => addOns.includes(code)),
    );
    for (const { one } of dropped) {
      const told = await atMerchant((signal) => merchant.cancel(one.reference, 'period-end', signal));
      if (told !== null)
        await this.workspaces.run(workspaceId, (tx) => this.subscriptions.take(tx, merchant.name, told));
    }
    const missing = addOns.find(
      (code) => !has.some(({ codes }) => codes.includes(code)) && !plan.includes.includes(code),
    );
    const price = missing === undefined ? null : this.plans.priceOf(missing);
    if (price === null) return this.place('changed', workspaceId);
    return this.buy(merchant, workspaceId, [price], alive);
  }

  private place(what: 'done' | 'changed', workspaceId: string): string {
    return `${this.config.publicUrl}/w/${workspaceId}/settings/billing?billing=${what}`;
  }
}

/** The merchant, where anything is sold. */
export function sellingMerchant({ merchant }: MerchantInUse): Merchant {
  if (merchant !== null) return merchant;
  throw new DomainError(ErrorCode.BAD_USER_INPUT, 'Nothing is sold here: everything is on already.', {
    reason: 'NOTHING_SOLD',
  });
}

/** Whether a subscription goes on, is paused, or has not ended yet. */
export function mayGoOn({ status, endsAt }: KeptSubscription): boolean {
  return status !== 'CANCELED' || (endsAt !== null && endsAt > new Date());
}

async function noteReference(tx: WorkspaceTransaction, provider: string, reference: string): Promise<void> {
  await tx.execute(sql`
    insert into merchant_references (provider, reference, workspace_id) values (${provider}, ${reference}, ${tx.workspaceId})
    on conflict do nothing`);
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return [...one].sort().join(' ') === [...other].sort().join(' ');
}
