import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FaultAction, Faults } from '../faults.ts';
import { bearerOf, hang, pause, readBody, reset, strikeAfter, strikeBefore } from '../http.ts';
import { str, strs, type Obj } from '../json.ts';
import type { Ledger, LedgerEntry } from '../ledger.ts';
import { chatCompletion, chatStream } from './chat.ts';
import { compose, obeyedTool } from './composing.ts';
import { embeddings } from './embeddings.ts';
import { MODES, type Mode, type ModelServer } from './model-server.ts';
import { promptOf } from './prompt.ts';
import { responseObject, responseStream } from './responses.ts';

/** The parts of the OpenAI-compatible server. */
export interface OpenAiParts {
  ledger: Ledger;
  faults: Faults;
  models: ModelServer;
}

/** One request with its place in the ledger. */
interface Asked {
  body: Obj;
  note: (status: number, facts?: Obj) => LedgerEntry;
  fault: FaultAction | undefined;
}

/** The OpenAI-compatible server under /openai/v1. */
export function openaiRoutes(server: FastifyInstance, parts: OpenAiParts): void {
  const on = (
    method: 'GET' | 'POST',
    path: string,
    work: (asked: Asked, reply: FastifyReply) => Promise<FastifyReply>,
  ) =>
    server.route({
      method,
      url: `/openai/v1${path}`,
      handler: (request, reply) => guarded(parts, request, reply, work),
    });

  on('POST', '/chat/completions', (asked, reply) => generate(parts, asked, reply, 'chat'));
  on('POST', '/responses', (asked, reply) => generate(parts, asked, reply, 'responses'));
  on('POST', '/embeddings', async (asked, reply) => {
    if (asked.body['input'] === undefined)
      return refused(reply, asked, 400, 'invalid_request_error', "Missing required parameter: 'input'.");
    asked.note(200, { model: asked.body['model'] ?? null });
    return strikeAfter(asked.fault, reply) ? reply : reply.send(embeddings(asked.body));
  });
  on('POST', '/moderations', async (asked, reply) => {
    const texts = typeof asked.body['input'] === 'string' ? [asked.body['input']] : strs(asked.body['input']);
    asked.note(200);
    const results = texts.map(() => ({
      flagged: false,
      categories: {},
      category_scores: {},
      category_applied_input_types: {},
    }));
    return reply.send({ id: `modr-${randomBytes(8).toString('hex')}`, model: 'omni-moderation-latest', results });
  });
  on('GET', '/models', async (asked, reply) => {
    asked.note(200);
    const data = [
      'sandbox',
      ...MODES.slice(1).map((mode) => `sandbox:${mode}`),
      'text-embedding-3-small',
      'text-embedding-3-large',
    ];
    return reply.send({
      object: 'list',
      data: data.map((id) => ({ id, object: 'model', created: 1_790_000_000, owned_by: 'sandbox' })),
    });
  });
}

async function guarded(
  { ledger, faults, models }: OpenAiParts,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (asked: Asked, reply: FastifyReply) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const path = request.url.split('?')[0] ?? '';
  const started = performance.now();
  const key = bearerOf(request);
  const fault = faults.take(request.method, path, undefined);
  let body: Obj = {};
  const note = (status: number, facts: Obj = {}) =>
    ledger.record('openai', {
      path,
      status,
      ms: Math.round(performance.now() - started),
      ...facts,
      body,
      ...(fault && { fault }),
    });
  const asked: Asked = { body, note, fault };
  void reply.headers({
    'x-request-id': `req_${randomBytes(12).toString('hex')}`,
    'x-ratelimit-limit-requests': '10000',
    'x-ratelimit-remaining-requests': '9999',
    'x-ratelimit-reset-requests': '6ms',
    'openai-processing-ms': '5',
  });
  try {
    body = (await readBody(request)).fields;
  } catch (error) {
    return refused(reply, asked, 400, 'invalid_request_error', error instanceof Error ? error.message : String(error));
  }
  asked.body = body;
  if (
    await strikeBefore(fault, reply, (action) =>
      action.rateLimit
        ? { status: 429, body: errorBody('requests', 'rate_limit_exceeded', 'Rate limit reached.') }
        : undefined,
    )
  ) {
    note(fault?.status ?? (fault?.rateLimit ? 429 : 0));
    return reply;
  }
  if (!models.accepts(key))
    return refused(reply, asked, 401, 'invalid_request_error', 'Incorrect API key provided.', 'invalid_api_key');
  return work(asked, reply);
}

/** `sandbox:echo` as the model's name asks for a mode in this request alone. */
function modeOf(models: ModelServer, body: Obj): Mode {
  const named = /^sandbox:(.+)$/.exec(str(body['model']) ?? '')?.[1];
  return MODES.includes(named as Mode) ? (named as Mode) : models.take();
}

async function generate(
  { models, ledger }: OpenAiParts,
  asked: Asked,
  reply: FastifyReply,
  api: 'chat' | 'responses',
): Promise<FastifyReply> {
  const { body, note, fault } = asked;
  if (body['model'] === undefined)
    return refused(reply, asked, 400, 'invalid_request_error', 'you must provide a model parameter');
  if ((api === 'chat' ? body['messages'] : body['input']) === undefined) {
    return refused(
      reply,
      asked,
      400,
      'invalid_request_error',
      `Missing required parameter: '${api === 'chat' ? 'messages' : 'input'}'.`,
    );
  }
  const mode = modeOf(models, body);
  const stream = body['stream'] === true;
  if (mode === '429') {
    void reply.header('retry-after', '1');
    return refused(
      reply,
      asked,
      429,
      'requests',
      'Rate limit reached for sandbox.',
      models.text === 'insufficient_quota' ? 'insufficient_quota' : 'rate_limit_exceeded',
    );
  }
  if (mode === '500')
    return refused(reply, asked, 500, 'server_error', 'The server had an error while processing your request.');
  if (mode === 'hang') {
    note(0, { mode });
    hang(reply);
    return reply;
  }
  const prompt = promptOf(body);
  const answer = compose(prompt, mode, models.text);
  const tool = mode === 'obedient' ? obeyedTool(body, prompt) : undefined;
  const entry = note(200, {
    mode,
    stream,
    answer: answer.text,
    usage: { input: answer.promptTokens, output: answer.completionTokens },
  });
  if (strikeAfter(fault, reply)) return reply;
  if (!stream || tool) {
    if (mode === 'slow') await pause(models.delayMs);
    if (mode === 'cut') {
      reset(reply);
      return reply;
    }
    return reply.send(api === 'chat' ? chatCompletion(body, answer, tool) : responseObject(body, answer, tool));
  }
  const { events, terminal } = api === 'chat' ? chatStream(body, answer) : responseStream(body, answer);
  const sent = mode === 'cut' ? events.slice(0, Math.ceil(events.length / 2)) : [...events, ...terminal];
  if (!(await speak(reply, sent, (mode === 'slow' ? models.delayMs : models.streamMs) / sent.length))) {
    entry['left'] = true;
    ledger.changed(entry);
  }
  return reply;
}

/** Writes events as they come, and stops when nobody listens any more; gives whether somebody listened to the end. */
async function speak(reply: FastifyReply, events: string[], gapMs: number): Promise<boolean> {
  reply.hijack();
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  });
  for (const event of events) {
    if (reply.raw.destroyed) return false;
    reply.raw.write(event);
    if (gapMs > 0) await pause(gapMs);
  }
  reply.raw.end();
  return true;
}

function errorBody(type: string, code: string | null, message: string): Obj {
  return { error: { message, type, param: null, code } };
}

function refused(
  reply: FastifyReply,
  asked: Asked,
  status: number,
  type: string,
  message: string,
  code: string | null = null,
): FastifyReply {
  asked.note(status, { error: message });
  return reply.code(status).send(errorBody(code === 'insufficient_quota' ? code : type, code, message));
}
