import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Channels, ChannelStatus, type OpenChannel, type Showing } from '../../channels/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { DomainError } from '../../platform/errors/index.js';
import { describeError } from '../../platform/logging/index.js';
import { PassingWork } from '../../platform/queue/index.js';
import { OutboundRules } from './outbound-message.js';

type What = Showing['what'];

/** The same is not shown again within this time: typing lasts between five and twenty-five seconds at the platforms. */
const pause: Readonly<Record<What, number>> = { typing: 5_000, seen: 2_000 };
const limits = { atOnce: 8, mostWaiting: 200 };
const mostKept = 10_000;
const timeout = 5_000;

/**
 * Tells customers that somebody types, or has read what they wrote. Nothing waits for it and nothing is lost with it: it is
 * not stored, what is too much is left out, and a platform that fails is not asked again.
 */
@Injectable()
export class PassingSignals implements OnApplicationShutdown {
  private readonly logger = new Logger('PassingSignals');
  private readonly shown = new Map<string, number>();
  private readonly signals = new PassingWork(limits);

  constructor(
    private readonly workspaces: Workspaces,
    private readonly channels: Channels,
    private readonly rules: OutboundRules,
  ) {}

  /** Shows it to the customer of a conversation, if the channel can and nothing speaks against it. */
  show(workspaceId: string, conversationId: string, what: What): void {
    if (this.signals.full || this.isFresh(`${what} ${conversationId}`, what)) return;
    this.signals.add(() => this.run(workspaceId, conversationId, what));
  }

  onApplicationShutdown(): Promise<void> {
    return this.signals.close();
  }

  private isFresh(key: string, what: What): boolean {
    const now = performance.now();
    if (now - (this.shown.get(key) ?? -Infinity) < pause[what]) return true;
    this.shown.delete(key);
    this.shown.set(key, now);
    for (const old of this.shown.keys()) {
      if (this.shown.size <= mostKept) break;
      this.shown.delete(old);
    }
    return false;
  }

  private async run(workspaceId: string, conversationId: string, what: What): Promise<void> {
    try {
      const plan = await this.workspaces.run(workspaceId, (tx) => this.plan(tx, conversationId, what));
      if (plan === null) return;
      const { adapter } = this.channels.definitionOf(plan.channel.kind);
      await adapter.show?.(plan.channel, plan.showing, AbortSignal.timeout(timeout));
    } catch (error) {
      this.logger.debug(`A customer was not shown that somebody is there: ${describeError(error)}`);
    }
  }

  private async plan(
    tx: WorkspaceTransaction,
    conversationId: string,
    what: What,
  ): Promise<{ readonly channel: OpenChannel; readonly showing: Showing } | null> {
    const outlet = await this.rules.outlet(tx, conversationId);
    if (outlet === null) return null;
    const { capabilities, adapter } = outlet.definition;
    const can = what === 'typing' ? capabilities.typing : capabilities.seen === true;
    if (!can || adapter.show === undefined || outlet.conversation.spam) return null;
    if (outlet.channel.status === ChannelStatus.ERROR) return null;
    try {
      if (this.rules.admit(outlet, 'signal').held) return null;
    } catch (error) {
      // Whoever may not be written to is shown nothing either.
      if (error instanceof DomainError) return null;
      throw error;
    }
    const recipient = await this.rules.recipient(tx, outlet);
    if (recipient === null) return null;
    const last = await tx.first<{ externalId: string | null }>(sql`
      select external_id as "externalId" from messages
       where workspace_id = ${tx.workspaceId} and conversation_id = ${conversationId} and direction = 'INBOUND' order by id desc limit 1`);
    const cause = { purpose: 'SEND', cause: `${what} in conversation ${conversationId}` } as const;
    const channel = await this.channels.openChannel(tx, outlet.channel.id, cause);
    if (channel === null) return null;
    return { channel, showing: { what, recipient, lastInboundExternalId: last?.externalId ?? null } };
  }
}
