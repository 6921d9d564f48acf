import { Injectable } from '@nestjs/common';

/** Does what follows from a call: its bytes were signed; its topic and when Shopify says that it happened were not. */
type TopicHandler = (topic: string, body: Buffer, happenedAt: Date | null) => Promise<void>;

/** Who understands which of Shopify's topics; modules to the right register theirs. */
@Injectable()
export class ShopifyTopics {
  private readonly handlers = new Map<string, TopicHandler>();

  /** Takes calls of a topic; called once, when a module starts. */
  on(topics: readonly string[], handler: TopicHandler): void {
    for (const topic of topics) this.handlers.set(topic, handler);
  }

  /** Hands a call over; nothing is done about a topic that nobody understands. */
  async take(topic: string, body: Buffer, happenedAt: Date | null): Promise<void> {
    await this.handlers.get(topic)?.(topic, body, happenedAt);
  }
}
