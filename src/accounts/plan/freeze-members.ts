import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Entitlement, Entitlements, EntitlementsChanged, PlanChanges, UsageMetric } from '../../billing/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type Sql, type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { MembershipEnded, RoleChanged } from '../accounts.events.js';
import { Role } from '../enums.js';

/**
 * Pauses the seats that the plan has no room for: never an owner's, then those of who joined last. They go on, the longest
 * there first, when there is room again. Once a plan has ended everybody stays who they are: reading goes on.
 */
@Injectable()
export class FreezeMembers implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly entitlements: Entitlements,
    private readonly feed: LiveFeed,
    private readonly audit: AuditLog,
    private readonly changes: PlanChanges,
  ) {}

  onModuleInit(): void {
    this.facts.on(EntitlementsChanged, (tx) => this.settle(tx));
    // Whoever was an owner for a moment has no seat by it.
    for (const fact of [MembershipEnded, RoleChanged])
      this.facts.on<object>(fact, async (tx) => {
        if (this.entitlements.sold) await this.settle(tx);
      });
    this.changes.register(UsageMetric.SEATS, async (tx, under) => {
      const rows = await tx.query<{ name: string }>(sql`
        select u.name from (${seatsUnder(tx, under)}) m join users u on u.id = m.user_id where m.frozen order by u.name, u.id`);
      return rows.map(({ name }) => name);
    });
  }

  private async settle(tx: WorkspaceTransaction): Promise<void> {
    const plan = await this.entitlements.of(tx);
    if (!plan.live) return;
    const changed = await tx.query<{ id: string; frozen: boolean }>(sql`
      update members m set frozen = wanted.frozen
        from (${seatsUnder(tx, plan)}) as wanted
       where m.workspace_id = ${tx.workspaceId} and m.id = wanted.id and m.frozen <> wanted.frozen
      returning m.id, m.frozen`);
    for (const { id, frozen } of changed) {
      this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [id], detail: 'members' });
      this.audit.record(tx, { actor: 'system', action: frozen ? 'member.freeze' : 'member.thaw', target: id });
    }
  }
}

/** The members, and who of them would be paused under a plan. */
function seatsUnder(tx: WorkspaceTransaction, plan: Entitlement): Sql {
  return sql`
    select id, user_id, coalesce(role <> ${Role.OWNER}
             and row_number() over (order by role = ${Role.OWNER} desc, joined_at, id) > ${plan.limit(UsageMetric.SEATS)}::int, false) as frozen
      from members where workspace_id = ${tx.workspaceId} and user_id is not null`;
}
