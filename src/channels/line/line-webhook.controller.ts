import { createHmac } from 'node:crypto';
import { Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/access/index.js';
import { isSameSecret } from '../wire/same-secret.js';
import { ChannelWebhooks, type WebhookRule } from '../webhooks/channel-webhooks.js';

const rule: WebhookRule = {
  provider: 'line',
  isGenuine: ({ headers, body }, secret) =>
    isSameSecret(headers['x-line-signature'], createHmac('sha256', secret).update(body).digest('base64')),
};

/** The addresses that LINE calls: one for each connected account. */
@Controller('webhooks/line')
export class LineWebhookController {
  constructor(private readonly webhooks: ChannelWebhooks) {}

  @Post(':channelId')
  @HttpCode(200)
  @Public('signed by LINE with the secret of the channel')
  receive(
    @Param('channelId') channelId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.webhooks.receive(rule, channelId, request, reply);
  }
}
