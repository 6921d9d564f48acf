import { Injectable } from '@nestjs/common';
import { Entitlements, UsageMetric } from '../../billing/index.js';
import { type WorkspaceTransaction, Workspaces } from '../../platform/database/index.js';
import { ChannelDefinitions } from '../channel-definitions.js';
import type { ChannelKind } from '../enums.js';

/** Whether the plan of a workspace has room for a channel, asked in the transaction that connects it. */
@Injectable()
export class RoomForChannels {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly definitions: ChannelDefinitions,
    private readonly entitlements: Entitlements,
  ) {}

  /** Refuses a kind whose add-on is not on, before its platform is told anything. */
  async ask(workspaceId: string, kind: ChannelKind): Promise<void> {
    const { addOn } = this.definitions.of(kind);
    if (addOn !== undefined && this.entitlements.sold)
      await this.workspaces.run(workspaceId, (tx) => this.entitlements.requireAddOn(tx, addOn));
  }

  /** Participant. The plan stays as it is while a channel is connected; asked before a channel's row is held. */
  async hold(tx: WorkspaceTransaction, kind: ChannelKind): Promise<void> {
    const { addOn } = this.definitions.of(kind);
    await (addOn === undefined ? this.entitlements.hold(tx) : this.entitlements.requireAddOn(tx, addOn));
  }

  /** Participant. Takes the place of one channel more. */
  async take(tx: WorkspaceTransaction): Promise<void> {
    await this.entitlements.use(tx, UsageMetric.CHANNELS);
  }
}
