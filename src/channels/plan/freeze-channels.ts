import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Entitlement, Entitlements, EntitlementsChanged, PlanChanges, UsageMetric } from '../../billing/index.js';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { ChannelDefinitions } from '../channel-definitions.js';
import { Channels } from '../channels.js';
import { ChannelConnected, ChannelDisconnected } from '../channels.events.js';
import { type ChannelKind, ChannelStatus } from '../enums.js';

/** A channel that counts, the longest connected first. */
interface Counted {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly name: string;
  readonly frozen: boolean;
}

/**
 * Freezes the channels that the plan has no room for, the newest first, and those whose add-on is gone; thaws them, the
 * oldest first, when there is room again. Nothing is deleted. Once a plan has ended everything stays as it is: what
 * customers write goes on arriving.
 */
@Injectable()
export class FreezeChannels implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly entitlements: Entitlements,
    private readonly definitions: ChannelDefinitions,
    private readonly channels: Channels,
    private readonly changes: PlanChanges,
  ) {}

  onModuleInit(): void {
    this.facts.on(EntitlementsChanged, (tx) => this.settle(tx));
    for (const fact of [ChannelConnected, ChannelDisconnected])
      this.facts.on<object>(fact, async (tx) => {
        if (this.entitlements.sold) await this.settle(tx);
      });
    this.changes.register(UsageMetric.CHANNELS, async (tx, under) => {
      const channels = await this.settled(tx, under);
      return channels.filter(({ works }) => !works).map(({ name }) => name);
    });
  }

  private async settle(tx: WorkspaceTransaction): Promise<void> {
    const plan = await this.entitlements.of(tx);
    if (!plan.live) return;
    for (const { id, frozen, works } of await this.settled(tx, plan))
      if (frozen === works) await this.channels.setFrozen(tx, id, !works);
  }

  /** The channels, and whether each works under a plan. */
  private async settled(
    tx: WorkspaceTransaction,
    plan: Entitlement,
  ): Promise<(Counted & { readonly works: boolean })[]> {
    const counted = await tx.query<Counted>(sql`
      select id, kind, name, frozen from channels
       where workspace_id = ${tx.workspaceId} and status <> ${ChannelStatus.DISCONNECTED} order by connected_at, id`);
    let room = plan.limit(UsageMetric.CHANNELS) ?? Infinity;
    return counted.map((channel) => {
      const { addOn } = this.definitions.of(channel.kind);
      const isAllowed = addOn === undefined || plan.addOns.has(addOn);
      return { ...channel, works: isAllowed && room-- > 0 };
    });
  }
}
