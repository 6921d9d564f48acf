import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FaultAction, Faults } from '../faults.ts';
import type { Platform } from '../graph/call.ts';
import { UnreadableBody, readBody, strikeAfter, strikeBefore } from '../http.ts';
import type { Obj } from '../json.ts';
import type { Account } from '../world/model.ts';
import { TelegramError } from './errors.ts';
import { perform } from './methods.ts';

/** The Bot API under /telegram: `bot<token>/<method>`, and files under `file/bot<token>/<path>`. */
export function telegramRoutes(server: FastifyInstance, platform: Platform, faults: Faults): void {
  server.route({
    method: ['GET', 'POST'],
    url: '/telegram/:bot/:method',
    handler: (request, reply) => handle(platform, faults, request, reply),
  });
  server.get('/telegram/file/:bot/*', async (request, reply) => {
    const params = request.params as Record<string, string>;
    const bot = botOf(platform, params['bot'] ?? '');
    const id = (params['*'] ?? '').split('/').at(-1) ?? '';
    const media = platform.world.media.get(id);
    const path = `/telegram/file/bot${bot?.id ?? '?'}/${id}`;
    const fault = faults.take('GET', path, bot?.id);
    if (await strikeBefore(fault, reply, faultBody)) return reply;
    if (!bot) return answer(reply, new TelegramError(401, 'Unauthorized'));
    if (!media || media.ownerId !== bot.id) return answer(reply, new TelegramError(404, 'Not Found'));
    return reply.type('application/octet-stream').send(media.bytes);
  });
}

async function handle(
  platform: Platform,
  faults: Faults,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { bot: named = '', method = '' } = request.params as Record<string, string>;
  const bot = botOf(platform, named);
  // Never the token: it is all that opens the bot.
  const path = `/telegram/bot${bot?.id ?? '?'}/${method}`;
  const fault = faults.take(request.method, path, bot?.id);
  const note = (status: number, facts: Obj) =>
    platform.ledger.record('telegram', { method: request.method, path, status, account: bot?.id ?? null, ...facts });
  if (await strikeBefore(fault, reply, faultBody)) {
    note(fault?.status ?? 0, { fault });
    return reply;
  }
  try {
    const { fields, files } = await readBody(request);
    if (!bot)
      throw new TelegramError(
        /^bot\d+:[\w-]{20,}$/.test(named) ? 401 : 404,
        named.includes(':') ? 'Unauthorized' : 'Not Found',
      );
    const params = { ...(request.query as Obj), ...fields };
    const result = perform(method, { ...platform, bot, params, files });
    note(fault ? (fault.statusAfterAccept ?? 0) : 200, { params: withoutSecret(params), ...(fault && { fault }) });
    if (strikeAfter(fault, reply)) return await reply;
    return await reply.send({ ok: true, result });
  } catch (error) {
    const known =
      error instanceof TelegramError
        ? error
        : error instanceof UnreadableBody
          ? new TelegramError(400, `Bad Request: ${error.message}`)
          : new TelegramError(500, 'Internal Server Error');
    note(known.status, { message: known.message });
    return answer(reply, known);
  }
}

function answer(reply: FastifyReply, error: TelegramError): FastifyReply {
  return reply.code(error.status).send(error.envelope());
}

/** The bot of `bot<token>`, while its token works. */
function botOf({ world }: Platform, named: string): Account | undefined {
  const token = named.startsWith('bot') ? world.tokens.get(named.slice(3)) : undefined;
  return token?.type === 'BOT' && !token.broken ? world.account('telegram', token.profileId ?? '') : undefined;
}

function withoutSecret(params: Obj): Obj {
  return 'secret_token' in params ? { ...params, secret_token: '***' } : params;
}

/** A refusal that a fault asks for, in Telegram's envelope. */
function faultBody(fault: FaultAction): { status: number; body: unknown } | undefined {
  if (fault.rateLimit) {
    const seconds = fault.retryAfter ?? 60;
    const error = new TelegramError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
    return { status: 429, body: error.envelope() };
  }
  if (fault.error) {
    const error = new TelegramError(fault.error.code, fault.error.message ?? 'An error that was asked for');
    return { status: fault.status ?? fault.error.code, body: error.envelope() };
  }
  if (fault.status === undefined || fault.body !== undefined) return undefined;
  return { status: fault.status, body: new TelegramError(fault.status, 'A fault was asked for').envelope() };
}
