import { createHash } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ShopifyTopics } from '../../leads/index.js';
import { OpenPlatformRequest } from './open-platform-request.js';
import { complianceTopics, readShopifyTopic } from './shopify-topics.js';

/** The three compliance topics of every shop, whether it is connected here or not. */
@Injectable()
export class ShopifyCalls implements OnModuleInit {
  constructor(
    private readonly topics: ShopifyTopics,
    private readonly requests: OpenPlatformRequest,
  ) {}

  onModuleInit(): void {
    this.topics.on(complianceTopics, (topic, body) => this.take(topic, body));
  }

  private async take(topic: string, body: Buffer): Promise<void> {
    const asked = readShopifyTopic(topic, body);
    // Sent again it has another id and the same body.
    if (asked !== null)
      await this.requests.run(['shopify', topic, createHash('sha256').update(body).digest('hex')], asked);
  }
}
