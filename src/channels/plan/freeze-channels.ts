import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Entitlements, EntitlementsChanged, UsageMetric } from '../../billing/index.js';
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
  ) {}

  onModuleInit(): void {
    for (const fact of [EntitlementsChanged, ChannelConnected, ChannelDisconnected])
      this.facts.on<object>(fact, (tx) => this.settle(tx));
  }

  private async settle(tx: WorkspaceTransaction): Promise<void> {
    if (!this.entitlements.sold) return;
    const plan = await this.entitlements.of(tx);
    if (!plan.live) return;
    const counted = await tx.query<Counted>(sql`
      select id, kind, frozen from channels
       where workspace_id = ${tx.workspaceId} and status <> ${ChannelStatus.DISCONNECTED} order by connected_at, id`);
    const allowed = counted.filter(({ kind }) => {
      const { addOn } = this.definitions.of(kind);
      return addOn === undefined || plan.addOns.has(addOn);
    });
    const most = plan.limit(UsageMetric.CHANNELS) ?? Infinity;
    const working = new Set(allowed.slice(0, most).map(({ id }) => id));
    for (const { id, frozen } of counted)
      if (frozen === working.has(id)) await this.channels.setFrozen(tx, id, !frozen);
  }
}
