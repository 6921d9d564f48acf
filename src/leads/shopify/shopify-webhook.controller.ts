import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { isSignedBody } from './shopify-signature.js';
import { ShopifyTopics } from './shopify-topics.js';

/** `POST /webhooks/shopify`: what Shopify tells of every store, told apart by its topic. */
@Controller('webhooks/shopify')
export class ShopifyWebhookController {
  private readonly secrets: readonly string[];

  constructor(
    config: Config,
    private readonly topics: ShopifyTopics,
  ) {
    this.secrets = config.shopifySecrets;
  }

  @Post()
  @HttpCode(200)
  @Public('signed by Shopify')
  async receive(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    if (!isSignedBody(this.secrets, body, request.headers['x-shopify-hmac-sha256'])) {
      reply.status(401).type('text/plain');
      return 'The signature is missing or wrong.';
    }
    const happenedAt = new Date(String(request.headers['x-shopify-triggered-at'] ?? ''));
    await this.topics.take(
      String(request.headers['x-shopify-topic'] ?? ''),
      body,
      Number.isNaN(happenedAt.getTime()) ? null : happenedAt,
    );
    // Set no sooner: what is refused in words is JSON.
    reply.type('text/plain');
    return 'OK';
  }
}
