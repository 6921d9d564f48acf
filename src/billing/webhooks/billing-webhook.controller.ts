import { Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/access/index.js';
import { Intake, IntakeUnavailable } from '../../platform/deliveries/index.js';
import { MerchantInUse } from '../merchants/merchant-in-use.js';
import { billingCalls } from './counters.js';

/** `POST /webhooks/billing/{paddle|lemonsqueezy|polar}`: what the merchant of record tells of payments. */
@Controller('webhooks/billing')
export class BillingWebhookController {
  constructor(
    private readonly inUse: MerchantInUse,
    private readonly intake: Intake,
  ) {}

  /** A signed call: stored as it is, then acknowledged. Nothing understands the body before it is stored. */
  @Post(':merchant')
  @HttpCode(200)
  @Public('signed by the merchant of record')
  async receive(
    @Param('merchant') name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    reply.type('text/plain');
    const { merchant } = this.inUse;
    if (merchant?.name !== name) {
      reply.status(404);
      return 'This merchant of record is not in use here.';
    }
    const { body, headers } = request;
    if (!Buffer.isBuffer(body) || !merchant.isSigned(body, headers, new Date())) {
      billingCalls.inc({ provider: name, outcome: 'refused' });
      reply.status(401);
      return 'The signature is missing, wrong or too old.';
    }
    try {
      await this.intake.store(merchant.name, body);
    } catch (error) {
      if (!(error instanceof IntakeUnavailable)) throw error;
      billingCalls.inc({ provider: name, outcome: 'unavailable' });
      reply.status(503).header('retry-after', '5');
      return 'It cannot be stored right now. Send it again.';
    }
    billingCalls.inc({ provider: name, outcome: 'stored' });
    return 'OK';
  }
}
