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

/** Applies the items of one topic for one workspace, in the order in which they came. */
export interface TopicHandler {
  /**
   * Applies the items in transactions of its own. Applying an item twice must change nothing the second time. A throw
   * fails every delivery that these items came in, and they are tried again.
   */
  apply(workspaceId: string, items: readonly RoutedItem[]): Promise<readonly RejectedItem[]>;
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
