import { type KeyObject, createSecretKey } from 'node:crypto';
import { Controller, Get, Header, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { Intake, IntakeUnavailable } from '../../platform/deliveries/index.js';
import { webhookCalls } from '../counters.js';
import { isSameSecret } from '../wire/same-secret.js';
import { isSignedByMeta } from './signature.js';

/** The one address that Messenger, Instagram, WhatsApp and lead ads call. */
@Controller('webhooks/meta')
export class MetaWebhookController {
  private readonly secrets: readonly KeyObject[];

  constructor(
    private readonly config: Config,
    private readonly intake: Intake,
  ) {
    const { appSecret, instagramAppSecret } = config.meta;
    this.secrets = [appSecret, instagramAppSecret]
      .filter((secret) => secret !== null)
      .map((secret) => createSecretKey(secret, 'utf8'));
  }

  /** Meta's check of this address: repeats the challenge to whoever knows the verify token. */
  @Get()
  @Public('checked by the verify token')
  @Header('cache-control', 'no-store')
  verify(@Query() query: Record<string, unknown>, @Res({ passthrough: true }) reply: FastifyReply): string {
    const challenge = query['hub.challenge'];
    const known =
      query['hub.mode'] === 'subscribe' && isSameSecret(query['hub.verify_token'], this.config.meta.verifyToken);
    reply.type('text/plain');
    if (known && typeof challenge === 'string' && /^[A-Za-z0-9_-]{1,200}$/.test(challenge)) return challenge;
    reply.status(403);
    return 'The verify token is wrong.';
  }

  /** A signed call: stored as it is, then acknowledged. Nothing understands the body before it is stored. */
  @Post()
  @HttpCode(200)
  @Public('signed by Meta')
  async receive(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    reply.type('text/plain');
    const body = request.body;
    if (!Buffer.isBuffer(body) || !isSignedByMeta(body, request.headers['x-hub-signature-256'], this.secrets)) {
      webhookCalls.inc({ provider: 'meta', outcome: 'refused' });
      reply.status(401);
      return 'The signature is missing or wrong.';
    }
    try {
      await this.intake.store('meta', body, senderOf(body));
    } catch (error) {
      if (!(error instanceof IntakeUnavailable)) throw error;
      webhookCalls.inc({ provider: 'meta', outcome: 'unavailable' });
      reply.status(503).header('retry-after', '5');
      return 'It cannot be stored right now. Send it again.';
    }
    webhookCalls.inc({ provider: 'meta', outcome: 'stored' });
    return 'OK';
  }
}

/** The account that a call seems to be of. A guess at the bytes: no account depends on it, only how fairly it waits. */
function senderOf(body: Buffer): string | null {
  return /"id":\s?"(\d{1,30})"/.exec(body.toString('latin1', 0, 300))?.[1] ?? null;
}
