import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { UsageMetric } from '../enums.js';
import { billingMails } from '../life/kinds.js';
import { reachesShare } from '../life/usage-notices.js';
import type { PlanEntry } from '../plans/plan-file.js';
import { Plans } from '../plans/plans.js';
import { UsageCounters } from '../usage/usage.js';

/** What a workspace may. */
export interface Entitlement {
  /** Whether messages are sent and AI answers. */
  readonly live: boolean;
  readonly plan: { readonly code: string; readonly name: string };
  readonly addOns: ReadonlySet<string>;
  /** How many of each; null: without a limit. */
  limit(metric: UsageMetric): number | null;
}

interface Row {
  readonly plan: string | null;
  readonly addOns: readonly string[];
  readonly live: boolean;
}

const all: Entitlement = {
  live: true,
  plan: { code: 'self-hosted', name: 'Self-hosted' },
  addOns: { has: () => true } as unknown as ReadonlySet<string>,
  limit: () => null,
};

/**
 * What the plan of a workspace allows, asked in the transaction that uses it. Where nothing is sold everything is allowed,
 * and nothing is read. Participants.
 */
@Injectable()
export class Entitlements {
  constructor(
    private readonly plans: Plans,
    private readonly counters: UsageCounters,
    private readonly outbox: Outbox,
  ) {}

  /** Whether anything is sold here; where not, everything is on. */
  get sold(): boolean {
    return this.plans.sold;
  }

  /** What a workspace would have with a plan and add-ons. */
  under(plan: PlanEntry, addOns: readonly string[]): Entitlement {
    const { code, name, includes, limits } = plan;
    return {
      live: true,
      plan: { code, name },
      addOns: new Set([...includes, ...addOns]),
      limit: (metric) => limits[metric] ?? null,
    };
  }

  /** What the workspace may now. */
  async of(tx: WorkspaceTransaction): Promise<Entitlement> {
    return this.read(tx, false);
  }

  /**
   * Uses so many: refuses with PLAN_LIMIT, naming the limit and the way out, where the plan has no room for them. Whoever
   * asked first is through before the next is told, so that a burst never passes the limit. The rows that are then written
   * count by themselves; an answer by AI is counted here. `promised`: places that others were promised, such as those who
   * are invited.
   */
  async use(tx: WorkspaceTransaction, metric: UsageMetric, count = 1, promised = 0): Promise<void> {
    if (!this.plans.sold) return;
    const entitlement = await this.read(tx, true);
    if (!entitlement.live) throw planEnded();
    const limit = entitlement.limit(metric);
    const used = limit === null ? 0 : (await this.counters.lock(tx, metric)) + promised;
    if (limit !== null && used + count > limit) throw overLimit(metric, { used, limit, plan: entitlement.plan.name });
    if (metric === UsageMetric.AI_REPLIES) await this.counters.countAnswers(tx, count);
    if (limit !== null && reachesShare(used, count, limit)) this.outbox.schedule(tx, billingMails, tx.workspaceId);
  }

  /** Whether so many more have room, without taking it: for what is refused before long work begins, and asked again after it. */
  async hasRoom(tx: WorkspaceTransaction, metric: UsageMetric, count = 1): Promise<boolean> {
    if (!this.plans.sold) return true;
    const entitlement = await this.read(tx, false);
    const limit = entitlement.limit(metric);
    if (!entitlement.live || limit === null) return entitlement.live;
    return ((await this.counters.read(tx)).get(metric) ?? 0) + count <= limit;
  }

  /** Refuses as `use` does, without taking: before long work whose fruit is what counts. */
  async requireRoom(tx: WorkspaceTransaction, metric: UsageMetric): Promise<void> {
    if (!this.plans.sold) return;
    const entitlement = await this.read(tx, false);
    if (!entitlement.live) throw planEnded();
    const limit = entitlement.limit(metric);
    const used = (await this.counters.read(tx)).get(metric) ?? 0;
    if (limit !== null && used >= limit) throw overLimit(metric, { used, limit, plan: entitlement.plan.name });
  }

  /** How many more there is room for; held against everyone else who counts until the transaction ends. */
  async room(tx: WorkspaceTransaction, metric: UsageMetric): Promise<number> {
    if (!this.plans.sold) return Infinity;
    const entitlement = await this.read(tx, true);
    const limit = entitlement.limit(metric);
    if (!entitlement.live) return 0;
    return limit === null ? Infinity : Math.max(0, limit - (await this.counters.lock(tx, metric)));
  }

  /**
   * Holds the plan as it is until the transaction ends. Who locks what a change of plan freezes asks for this first: a
   * change holds the plan, and freezes then.
   */
  async hold(tx: WorkspaceTransaction): Promise<void> {
    if (this.plans.sold) await this.read(tx, true);
  }

  /** Whether messages are sent and AI answers. */
  async isLive(tx: WorkspaceTransaction): Promise<boolean> {
    return !this.plans.sold || (await this.read(tx, false)).live;
  }

  /** Refuses with PLAN_LIMIT where an add-on is not on. */
  async requireAddOn(tx: WorkspaceTransaction, addOn: string): Promise<void> {
    if (!this.plans.sold) return;
    const entitlement = await this.read(tx, true);
    if (!entitlement.live) throw planEnded();
    if (entitlement.addOns.has(addOn)) return;
    const name = this.plans.addOns.find(({ code }) => code === addOn)?.name ?? addOn;
    throw new DomainError(
      ErrorCode.PLAN_LIMIT,
      `${name} is an add-on that the plan ${entitlement.plan.name} does not have. An owner adds it in the settings, under billing.`,
      { reason: 'PLAN_ADD_ON', values: { addOn: name, plan: entitlement.plan.name } },
    );
  }

  /** Refuses with PLAN_LIMIT where nothing may be sent and no AI may answer: the plan has ended or is paused. */
  async requireLive(tx: WorkspaceTransaction): Promise<void> {
    if (!(await this.isLive(tx))) throw planEnded();
  }

  private async read(tx: WorkspaceTransaction, holds: boolean): Promise<Entitlement> {
    if (!this.plans.sold) return all;
    // Held, so that a plan that changes meanwhile waits for what was allowed under the one before.
    const row = await tx.first<Row>(sql`
      select plan, add_ons as "addOns", live and (live_until is null or live_until > now()) as live
        from subscriptions where workspace_id = ${tx.workspaceId} ${holds ? sql`for share` : sql``}`);
    const plan = this.plans.shown(row?.plan ?? null);
    return {
      live: row?.live ?? false,
      plan: { code: plan.code, name: plan.name },
      addOns: new Set(row?.addOns ?? []),
      limit: (metric) => plan.limits[metric] ?? null,
    };
  }
}

const full: Readonly<Record<UsageMetric, { readonly words: string; readonly reason: string }>> = {
  SEATS: { words: 'members', reason: 'PLAN_SEATS' },
  CHANNELS: { words: 'channels', reason: 'PLAN_CHANNELS' },
  AI_REPLIES: { words: 'answers by AI a month', reason: 'PLAN_AI_REPLIES' },
  CONTACTS: { words: 'contacts', reason: 'PLAN_CONTACTS' },
  KNOWLEDGE_PASSAGES: { words: 'passages of knowledge', reason: 'PLAN_KNOWLEDGE_PASSAGES' },
};

/** A plan has no room for more of something. */
function overLimit(
  metric: UsageMetric,
  { used, limit, plan }: { readonly used: number; readonly limit: number; readonly plan: string },
): DomainError {
  const values = { used: String(used), limit: String(limit), plan };
  return new DomainError(
    ErrorCode.PLAN_LIMIT,
    `The plan ${plan} has room for ${values.limit} ${full[metric].words}, and ${values.used} are in use. ` +
      'Remove what is not needed any more, or choose a bigger plan in the settings, under billing.',
    { reason: full[metric].reason, values },
  );
}

function planEnded(): DomainError {
  return new DomainError(
    ErrorCode.PLAN_LIMIT,
    'The plan of this workspace has ended or is paused. Everything can be read and exported; an owner chooses a plan in the settings, under billing, to go on.',
    { reason: 'PLAN_ENDED' },
  );
}
