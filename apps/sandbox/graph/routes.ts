import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FaultAction, Faults } from '../faults.ts';
import { bearerOf, readBody, strikeAfter, strikeBefore, UnreadableBody } from '../http.ts';
import { traceId } from '../ids.ts';
import { obj, str, type Obj } from '../json.ts';
import type { GraphAnswer, GraphCall, Platform } from './call.ts';
import { dispatch } from './dispatch.ts';
import { GraphError } from './errors.ts';

const NEWEST = 'v26.0';

/** graph.facebook.com under /graph and graph.instagram.com under /instagram. */
export function graphRoutes(server: FastifyInstance, platform: Platform, faults: Faults): void {
  for (const host of ['graph', 'instagram'] as const) {
    server.route({
      method: ['GET', 'POST', 'DELETE'],
      url: `/${host}/*`,
      handler: (request, reply) => handle(platform, faults, host === 'instagram', request, reply),
    });
  }
}

async function handle(
  platform: Platform,
  faults: Faults,
  instagramHost: boolean,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const started = performance.now();
  const path = request.url.split('?')[0] ?? '';
  const { version, segments } = splitPath((request.params as { '*': string })['*']);
  const account = accountOf(platform, segments[0], request);
  const fault = faults.take(request.method, path, account);
  const note = (status: number, facts: Obj) =>
    platform.ledger.record('graph', {
      method: request.method,
      path,
      status,
      account: account ?? null,
      ms: Math.round(performance.now() - started),
      ...facts,
    });

  void reply.headers({
    'facebook-api-version': version,
    'x-fb-trace-id': traceId(),
    'x-fb-rev': '1',
    ...usageHeaders(account, 12),
  });
  if (await strikeBefore(fault, reply, (action) => faultBody(platform, action, account))) {
    note(fault?.status ?? 0, { fault });
    return reply;
  }
  let answer: GraphAnswer;
  try {
    const { fields, files } = await readBody(request);
    const call: GraphCall = {
      ...platform,
      method: request.method,
      instagramHost,
      segments,
      params: { ...(request.query as Obj), ...fields },
      files,
      bearer: bearerOf(request),
    };
    answer = await dispatch(call);
  } catch (error) {
    const known =
      error instanceof GraphError
        ? error
        : error instanceof UnreadableBody
          ? new GraphError(100, `(#100) ${error.message}`)
          : new GraphError(1, `An unknown error occurred: ${String(error)}`, { status: 500, transient: true });
    note(known.status, { code: known.code, subcode: known.subcode ?? null, message: known.message });
    return reply
      .code(known.status)
      .header('www-authenticate', `OAuth "Facebook Platform" "invalid_request" "${known.code}"`)
      .send(known.envelope());
  }
  note(fault ? (fault.statusAfterAccept ?? 0) : (answer.status ?? 200), fault ? { fault } : {});
  if (strikeAfter(fault, reply)) return reply;
  return reply
    .code(answer.status ?? 200)
    .headers(answer.headers ?? {})
    .send(answer.body);
}

function splitPath(path: string): { version: string; segments: string[] } {
  const parts = path.split('/').filter((part) => part !== '');
  const version = /^v\d+\.\d+$/.test(parts[0] ?? '') ? parts.shift() : undefined;
  return { version: version ?? NEWEST, segments: parts };
}

/** The account a call is about; `me` is whoever the token belongs to. */
function accountOf(platform: Platform, head: string | undefined, request: FastifyRequest): string | undefined {
  if (head !== 'me') return head;
  const token = platform.world.tokens.get(bearerOf(request) ?? str(obj(request.query)?.['access_token']) ?? '');
  return token?.profileId;
}

function usageHeaders(account: string | undefined, percent: number, regainMinutes = 0): Record<string, string> {
  const usage = { call_count: percent, total_cputime: 3, total_time: 5 };
  return {
    'x-app-usage': JSON.stringify(usage),
    ...(account !== undefined && {
      'x-business-use-case-usage': JSON.stringify({
        [account]: [{ type: 'messenger', ...usage, estimated_time_to_regain_access: regainMinutes }],
      }),
    }),
  };
}

/** A Graph error that a fault asks for. */
function faultBody(
  platform: Platform,
  fault: FaultAction,
  account: string | undefined,
): { status: number; body: unknown; headers?: Record<string, string> } | undefined {
  if (fault.rateLimit) {
    const whatsapp = account !== undefined && platform.world.account('whatsapp', account) !== undefined;
    const error = new GraphError(
      whatsapp ? 130429 : 80006,
      whatsapp ? '(#130429) Rate limit hit' : '(#80006) There have been too many calls to this messenger account.',
      {
        status: fault.status ?? (whatsapp ? 429 : 400),
        ...(whatsapp && {
          details:
            'Message failed to send because there were too many messages sent from this phone number in a short period of time',
        }),
      },
    );
    const minutes = Math.max(1, Math.ceil((fault.retryAfter ?? 60) / 60));
    return { status: error.status, body: error.envelope(), headers: usageHeaders(account, 100, minutes) };
  }
  if (!fault.error) return undefined;
  const error = new GraphError(
    fault.error.code,
    fault.error.message ?? `(#${fault.error.code}) An error that was asked for`,
    {
      ...(fault.error.subcode !== undefined && { subcode: fault.error.subcode }),
      ...(fault.status !== undefined && { status: fault.status }),
    },
  );
  return { status: error.status, body: error.envelope() };
}
