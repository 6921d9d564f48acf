import { Args, Query, Resolver } from '@nestjs/graphql';
import { Allow, CurrentMember, type MemberActor, Permission, Public } from '../platform/access/index.js';
import { Workspaces } from '../platform/database/index.js';
import { usageMetrics } from './enums.js';
import { Entitlements } from './entitlements/entitlements.js';
import { PlanChanges } from './plans/plan-changes.js';
import { PlanConflictType } from './plans/plan-conflict.type.js';
import { PlanType } from './plans/plan.type.js';
import { Plans } from './plans/plans.js';
import { BillingSubscriptionType } from './subscriptions/billing-subscription.type.js';
import { Subscriptions } from './subscriptions/subscriptions.js';
import { UsageCounters } from './usage/usage.js';
import { UsageType } from './usage/usage.type.js';

/** Plans, how the workspace stands with its own, and what it uses of it. */
@Resolver()
export class BillingResolver {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly catalogue: Plans,
    private readonly subscriptions: Subscriptions,
    private readonly entitlements: Entitlements,
    private readonly counters: UsageCounters,
    private readonly changes: PlanChanges,
  ) {}

  @Query(() => [PlanType], {
    description:
      '(no workspace) The plans that are sold here, as the operator orders them; none where nothing is sold.',
  })
  @Public('Whoever signs up looks at the prices first.')
  plans(): PlanType[] {
    return this.catalogue.list.map((plan) => PlanType.from(plan, this.catalogue));
  }

  @Query(() => BillingSubscriptionType, { description: 'How the workspace stands with its plan.' })
  @Allow(Permission.Read)
  async billing(@CurrentMember() { workspaceId }: MemberActor): Promise<BillingSubscriptionType> {
    const standing = await this.workspaces.read(workspaceId, (tx) => this.subscriptions.read(tx));
    return BillingSubscriptionType.from(standing, this.catalogue);
  }

  @Query(() => [UsageType], { description: 'What the workspace uses, and how much its plan has room for.' })
  @Allow(Permission.Read)
  async usage(@CurrentMember() { workspaceId }: MemberActor): Promise<UsageType[]> {
    return this.workspaces.read(workspaceId, async (tx) => {
      const entitlement = await this.entitlements.of(tx);
      const used = await this.counters.read(tx);
      return usageMetrics.map((metric) =>
        Object.assign(new UsageType(), { metric, used: used.get(metric) ?? 0, limit: entitlement.limit(metric) }),
      );
    });
  }

  @Query(() => [PlanConflictType], {
    description: 'What a plan would not have room for, and what would be frozen: to be shown before it is chosen.',
  })
  @Allow(Permission.ManageBilling)
  planChange(
    @CurrentMember() { workspaceId }: MemberActor,
    @Args('plan', { type: () => String, description: 'The code of the plan.' }) plan: string,
    @Args('addOns', { type: () => [String], nullable: true, description: 'Codes of add-ons that come with it.' })
    addOns?: string[] | null,
  ): Promise<PlanConflictType[]> {
    return this.workspaces.read(workspaceId, (tx) => this.changes.conflicts(tx, plan, addOns ?? []));
  }
}
