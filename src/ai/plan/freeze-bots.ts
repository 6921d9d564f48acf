import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Entitlement, Entitlements, EntitlementsChanged, PlanChanges, UsageMetric } from '../../billing/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts } from '../../platform/outbox/index.js';

/** Bots rest while the plan has ended or has no answers by AI in it, and go on when it has. */
@Injectable()
export class FreezeBots implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly entitlements: Entitlements,
    private readonly feed: LiveFeed,
    private readonly audit: AuditLog,
    private readonly changes: PlanChanges,
  ) {}

  onModuleInit(): void {
    this.facts.on(EntitlementsChanged, (tx) => this.settle(tx));
    this.changes.register(UsageMetric.AI_REPLIES, async (tx, under) => {
      if (!rest(under)) return [];
      const bots = await tx.query<{ name: string }>(sql`
        select name from bots where workspace_id = ${tx.workspaceId} order by name, id`);
      return bots.map(({ name }) => name);
    });
  }

  private async settle(tx: WorkspaceTransaction): Promise<void> {
    const plan = await this.entitlements.of(tx);
    const frozen = rest(plan);
    const changed = await tx.query<{ id: string }>(sql`
      update bots set frozen = ${frozen} where workspace_id = ${tx.workspaceId} and frozen <> ${frozen} returning id`);
    for (const { id } of changed) {
      this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [id], detail: 'bots' });
      this.audit.record(tx, { actor: 'system', action: frozen ? 'bot.freeze' : 'bot.thaw', target: id });
    }
  }
}

/** Whether bots rest under a plan. */
function rest(plan: Entitlement): boolean {
  return !plan.live || plan.limit(UsageMetric.AI_REPLIES) === 0;
}
