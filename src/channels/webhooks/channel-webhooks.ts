import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Intake, IntakeUnavailable } from '../../platform/deliveries/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { webhookCalls } from '../counters.js';
import { sealCall } from './delivery-envelope.js';
import { WebhookSecrets } from './webhook-secrets.js';

/** How a provider's calls are told from forged ones. */
export interface WebhookRule {
  readonly provider: string;
  isGenuine(call: { readonly headers: FastifyRequest['headers']; readonly body: Buffer }, secret: string): boolean;
}

/** Postgres has this long to say whose a call is; storing it has a limit of its own. */
const checkMilliseconds = 2_000;

/** Takes calls to channels' own addresses: checked, stored as they are, then acknowledged. */
@Injectable()
export class ChannelWebhooks {
  constructor(
    private readonly secrets: WebhookSecrets,
    private readonly intake: Intake,
  ) {}

  /** Answers one call. Nothing understands the body before it is stored. */
  async receive(rule: WebhookRule, channelId: string, request: FastifyRequest, reply: FastifyReply): Promise<string> {
    reply.type('text/plain');
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    try {
      const call = { headers: request.headers, body };
      const verdict = await within(
        checkMilliseconds,
        this.secrets.check(rule.provider, channelId, (secret) => rule.isGenuine(call, secret)),
      );
      if (verdict === 'unknown') return answer(rule, reply, 'unknown', 404, 'No such channel is connected.');
      if (verdict === 'forged') return answer(rule, reply, 'refused', 401, 'The secret is missing or wrong.');
      await this.intake.store(rule.provider, sealCall({ channelId, body }), channelId);
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      reply.header('retry-after', '5');
      return answer(rule, reply, 'unavailable', 503, 'It cannot be stored right now. Send it again.');
    }
    return answer(rule, reply, 'stored', 200, 'OK');
  }
}

function answer(rule: WebhookRule, reply: FastifyReply, outcome: string, status: number, text: string): string {
  webhookCalls.inc({ provider: rule.provider, outcome });
  reply.status(status);
  return text;
}

function isUnavailable(error: unknown): boolean {
  return error instanceof IntakeUnavailable || (error instanceof DomainError && error.code === ErrorCode.UNAVAILABLE);
}

async function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new IntakeUnavailable()), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
