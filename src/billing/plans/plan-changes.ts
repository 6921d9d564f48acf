import { Injectable } from '@nestjs/common';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { type Entitlement, Entitlements } from '../entitlements/entitlements.js';
import { type UsageMetric, usageMetrics } from '../enums.js';
import { UsageCounters } from '../usage/usage.js';
import { PlanConflictType } from './plan-conflict.type.js';
import { Plans } from './plans.js';

/** Names what would be frozen under an entitlement. Takes part in the transaction. */
type NamesFrozen = (tx: WorkspaceTransaction, under: Entitlement) => Promise<readonly string[]>;

/** What a change of plan would freeze, before anybody buys it: each module that freezes says what of its own. */
@Injectable()
export class PlanChanges {
  private readonly asked = new Map<UsageMetric, NamesFrozen>();

  constructor(
    private readonly plans: Plans,
    private readonly entitlements: Entitlements,
    private readonly counters: UsageCounters,
  ) {}

  /** Registers who names what of a metric would be frozen; called once, when a module starts. */
  register(metric: UsageMetric, names: NamesFrozen): void {
    this.asked.set(metric, names);
  }

  /** Participant. What another plan, with add-ons, would not have room for. Where nothing is sold there is nothing to change. */
  async conflicts(tx: WorkspaceTransaction, code: string, addOns: readonly string[]): Promise<PlanConflictType[]> {
    if (!this.plans.sold) return [];
    const plan = this.plans.of(code);
    if (plan === null) throw badInput('plan', 'There is no plan of that name.', 'PLAN_UNKNOWN');
    const under = this.entitlements.under(plan, addOns);
    const used = await this.counters.read(tx);
    const conflicts: PlanConflictType[] = [];
    for (const metric of usageMetrics) {
      const [count, limit] = [used.get(metric) ?? 0, under.limit(metric)];
      const frozen = (await this.asked.get(metric)?.(tx, under)) ?? [];
      if (frozen.length > 0 || (limit !== null && count > limit))
        conflicts.push(Object.assign(new PlanConflictType(), { metric, used: count, limit, frozen }));
    }
    return conflicts;
  }
}
