import { Injectable } from '@nestjs/common';
import type { ChannelKind } from './enums.js';

/** One item of a delivery whose channel is known. */
export interface RoutedItem {
  readonly deliveryId: string;
  readonly receivedAt: Date;
  readonly channelId: string;
  readonly kind: ChannelKind;
  /** The item in the provider's own envelope; `ChannelAdapter.interpret` reads it. */
  readonly payload: unknown;
}

/** An item that cannot be applied as it is, however often it is tried: it is set aside with its reason. */
export interface RejectedItem {
  readonly item: RoutedItem;
  /** Why, in words without content. */
  readonly reason: string;
}

/** What came of a topic's part of a batch. */
export interface TopicOutcome {
  readonly rejected: readonly RejectedItem[];
  /** Workspaces where it could not be applied now: every delivery that their items came in is tried again. */
  readonly failed: ReadonlyMap<string, unknown>;
}

/** Applies the items of one topic. */
export interface TopicHandler {
  /**
   * Applies each workspace's items, in the order in which they came and in transactions of that workspace alone.
   * Applying an item twice must change nothing the second time. A throw fails the whole batch.
   */
  apply(batches: ReadonlyMap<string, readonly RoutedItem[]>): Promise<TopicOutcome>;
}

const workspacesAtOnce = 4;

/** Works on a few workspaces at a time; one that throws stops no other. */
export async function eachWorkspace<Batch>(
  batches: ReadonlyMap<string, Batch>,
  work: (workspaceId: string, batch: Batch) => Promise<readonly RejectedItem[]>,
  atOnce = workspacesAtOnce,
): Promise<TopicOutcome> {
  const rejected: RejectedItem[] = [];
  const failed = new Map<string, unknown>();
  const waiting = batches.entries();
  const lane = async () => {
    for (const [workspaceId, batch] of waiting) {
      try {
        rejected.push(...(await work(workspaceId, batch)));
      } catch (error) {
        failed.set(workspaceId, error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, batches.size) }, lane));
  return { rejected, failed };
}

/** Who understands which topic. Modules register when they start; a topic without a handler is counted and dropped. */
@Injectable()
export class InboundTopics {
  private readonly handlers = new Map<string, TopicHandler>();

  /** Registers the one handler of a topic: `messages`, `leadgen`, `account`. */
  on(topic: string, handler: TopicHandler): void {
    if (this.handlers.has(topic)) throw new Error(`The topic ${topic} has a handler already.`);
    this.handlers.set(topic, handler);
  }

  handlerOf(topic: string): TopicHandler | null {
    return this.handlers.get(topic) ?? null;
  }
}
