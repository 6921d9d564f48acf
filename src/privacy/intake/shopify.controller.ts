import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { OpenPlatformRequest } from './open-platform-request.js';
import { readShopifyTopic } from './shopify-topics.js';

/** `POST /webhooks/shopify`: the three compliance topics of every shop; what else Shopify tells is not asked for yet. */
@Controller('webhooks/shopify')
export class ShopifyController {
  private readonly secret: string | null;

  constructor(
    config: Config,
    private readonly requests: OpenPlatformRequest,
  ) {
    this.secret = config.environment.SHOPIFY_CLIENT_SECRET ?? null;
  }

  @Post()
  @HttpCode(200)
  @Public('signed by Shopify')
  async receive(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    if (!this.isGenuine(body, request.headers['x-shopify-hmac-sha256'])) {
      reply.status(401).type('text/plain');
      return 'The signature is missing or wrong.';
    }
    const topic = String(request.headers['x-shopify-topic'] ?? '');
    const asked = readShopifyTopic(topic, body);
    // Sent again it has another id and the same body.
    if (asked !== null)
      await this.requests.run(['shopify', topic, createHash('sha256').update(body).digest('hex')], asked);
    // Set no sooner: what is refused in words is JSON.
    reply.type('text/plain');
    return 'OK';
  }

  private isGenuine(body: Buffer, given: unknown): boolean {
    if (this.secret === null || typeof given !== 'string') return false;
    const expected = createHmac('sha256', this.secret).update(body).digest();
    const said = Buffer.from(given, 'base64');
    return said.length === expected.length && timingSafeEqual(said, expected) && said.toString('base64') === given;
  }
}
