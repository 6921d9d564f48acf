import { Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/access/index.js';
import { isSameSecret } from '../wire/same-secret.js';
import { ChannelWebhooks, type WebhookRule } from '../webhooks/channel-webhooks.js';

/** Telegram signs nothing: each call carries the secret that it was given with the address. */
const rule: WebhookRule = {
  provider: 'telegram',
  isGenuine: ({ headers }, secret) => isSameSecret(headers['x-telegram-bot-api-secret-token'], secret),
};

/** The addresses that Telegram calls: one for each connected bot. */
@Controller('webhooks/telegram')
export class TelegramWebhookController {
  constructor(private readonly webhooks: ChannelWebhooks) {}

  @Post(':channelId')
  @HttpCode(200)
  @Public('carries the secret that Telegram was given')
  receive(
    @Param('channelId') channelId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.webhooks.receive(rule, channelId, request, reply);
  }
}
