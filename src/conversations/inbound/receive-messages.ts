import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  Channels,
  InboundTopics,
  type RejectedItem,
  type RoutedItem,
  type TopicHandler,
  type TopicOutcome,
  eachWorkspace,
} from '../../channels/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { DomainError } from '../../platform/errors/index.js';
import { describeError } from '../../platform/logging/index.js';
import { type Arrived, type Found, LookUp } from './look-up.js';
import { ReceivePlain, inboundBatches } from './receive-plain.js';
import { ReceiveSteps } from './receive-steps.js';

/** An item with what its adapter made of it. */
interface Understood {
  readonly item: RoutedItem;
  readonly events: readonly Arrived[];
}

// SQLSTATE classes that say something of the moment and nothing of the data: the connection, resources, locks, shutdown.
const passing = new Set(['08', '40', '53', '55', '57']);

const shortAtOnce = 64;

/**
 * Applies what customers and platforms sent: contacts, conversations, messages, and what happens to messages. One
 * transaction for all that waits in a workspace; where something in it cannot be stored, each half gets its own, and so
 * on: the item that fails is set aside while the rest goes on.
 */
@Injectable()
export class ReceiveMessages implements TopicHandler, OnModuleInit {
  constructor(
    private readonly topics: InboundTopics,
    private readonly channels: Channels,
    private readonly workspaces: Workspaces,
    private readonly lookUp: LookUp,
    private readonly plain: ReceivePlain,
    private readonly steps: ReceiveSteps,
  ) {}

  onModuleInit(): void {
    this.topics.on('messages', this);
  }

  async apply(batches: ReadonlyMap<string, readonly RoutedItem[]>): Promise<TopicOutcome> {
    const rejected: RejectedItem[] = [];
    const understood = new Map<string, Understood[]>();
    for (const [workspaceId, items] of batches) understood.set(workspaceId, this.understand(items, rejected));
    const found = await this.lookUpPlain(understood);
    // Who was sent little goes first, and does not wait for who was sent much.
    const least = [...understood].sort(([, a], [, b]) => a.length - b.length);
    const short = new Map(least.filter(([workspaceId]) => found.has(workspaceId)));
    const long = new Map(least.filter(([workspaceId]) => !found.has(workspaceId)));
    const turned = new Map<string, readonly Understood[]>();
    // The short way shares its statement and its commit with others, so many go at once.
    const outcomes = await Promise.all([
      eachWorkspace(
        short,
        async (workspaceId, all) => {
          const known = found.get(workspaceId);
          const events = all.flatMap((one) => one.events);
          if (known === undefined || !(await this.plain.run(workspaceId, known, events))) turned.set(workspaceId, all);
          return [];
        },
        shortAtOnce,
      ),
      this.storeEach(long),
    ]);
    outcomes.push(await this.storeEach(turned));
    return {
      rejected: [...rejected, ...outcomes.flatMap((outcome) => outcome.rejected)],
      failed: new Map(outcomes.flatMap((outcome) => [...outcome.failed])),
    };
  }

  private storeEach(batches: ReadonlyMap<string, readonly Understood[]>): Promise<TopicOutcome> {
    return eachWorkspace(batches, (workspaceId, all) => this.storeAll(workspaceId, all));
  }

  private understand(items: readonly RoutedItem[], rejected: RejectedItem[]): Understood[] {
    const understood: Understood[] = [];
    for (const item of items) {
      try {
        const { adapter } = this.channels.definitionOf(item.kind);
        const events = adapter.interpret(item.payload, item.receivedAt.getTime());
        understood.push({ item, events: events.map((event) => ({ item, event })) });
      } catch (error) {
        rejected.push({ item, reason: `it cannot be understood (${describeError(error)})` });
      }
    }
    return understood;
  }

  /** What the short way needs, for the workspaces that can go it. A look-up that fails leaves them the long way. */
  private async lookUpPlain(understood: ReadonlyMap<string, readonly Understood[]>): Promise<Map<string, Found>> {
    const plain = new Map<string, Arrived[]>();
    for (const [workspaceId, all] of understood) {
      const events = all.flatMap((one) => one.events);
      if (events.length > 0 && this.plain.takes(events)) plain.set(workspaceId, events);
    }
    if (plain.size === 0) return new Map();
    return this.lookUp.ofAll(plain).catch(() => new Map<string, Found>());
  }

  private async storeAll(workspaceId: string, understood: readonly Understood[]): Promise<RejectedItem[]> {
    if (understood.length === 0) return [];
    try {
      const events = understood.flatMap((one) => one.events);
      await this.workspaces.run(workspaceId, (tx) => this.steps.run(tx, events), {
        oneAtATime: 'receive-messages',
      });
      inboundBatches.inc({ way: 'long' });
      return [];
    } catch (error) {
      if (isPassing(error)) throw error;
      const [only] = understood;
      if (only !== undefined && understood.length === 1)
        return [{ item: only.item, reason: `it cannot be stored (${describeError(error)})` }];
      // By halves: one bad item among five hundred is found in a score of transactions.
      const half = Math.ceil(understood.length / 2);
      const rejected = await this.storeAll(workspaceId, understood.slice(0, half));
      rejected.push(...(await this.storeAll(workspaceId, understood.slice(half))));
      return rejected;
    }
  }
}

function isPassing(error: unknown): boolean {
  if (error instanceof DomainError) return true;
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return false;
  return passing.has(code.slice(0, 2)) || /^E[A-Z]+$/.test(code);
}
