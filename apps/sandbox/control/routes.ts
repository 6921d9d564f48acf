import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Billing } from '../billing/billing.ts';
import type { Faults } from '../faults.ts';
import type { Platform } from '../graph/call.ts';
import { readBody, UnreadableBody } from '../http.ts';
import { num, str, type Obj } from '../json.ts';
import { LEDGER_KINDS, type LedgerKind } from '../ledger.ts';
import type { ModelServer } from '../openai/model-server.ts';
import { seed } from '../world/seed.ts';
import type { World } from '../world/world.ts';
import { addAccount, addNewCustomer, breakToken, changeCustomer, changeSettings } from './accounts.ts';
import { billingControls } from './billing-controls.ts';
import { burst } from './burst.ts';
import { consent, deauthorize, dropSubscription, embeddedSignup } from './consent.ts';
import { BadRequest, NotFound } from './errors.ts';
import { eventStream } from './events.ts';
import { play } from './play.ts';
import { rawWebhook } from './raw.ts';
import { opened, stateOf, threadOf } from './state.ts';

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** The parts that the control API moves. */
export interface Controls extends Platform {
  faults: Faults;
  models: ModelServer;
  billing: Billing;
}

/** Adds a call of the control API. */
export type AddControl = (
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  work: (input: Obj, request: FastifyRequest) => unknown,
  status?: number,
) => void;

/** The control API under /_sandbox: for tests, benches and the page. */
export function controlRoutes(server: FastifyInstance, controls: Controls): void {
  const { world, ledger, webhooks, faults, models, billing } = controls;
  const at: AddControl = (method, path, work, status = 200) => {
    server.route({
      method,
      url: `/_sandbox${path}`,
      handler: async (request, reply) => {
        try {
          // Pages of other sites may not move the sandbox: their browsers would send an Origin that is not ours.
          refuseStrangers(world, request);
          const input = { ...(request.query as Obj), ...(await readBody(request)).fields };
          return await reply.code(status).send(await work(input, request));
        } catch (error) {
          return refusal(reply, error);
        }
      },
    });
  };
  const reset = () => {
    webhooks.cancel();
    world.clear();
    faults.clear();
    ledger.clear();
    models.reset();
    billing.clear();
    seed(world);
    world.notify({ type: 'state' });
    return stateOf(controls);
  };

  at('GET', '/state', () => stateOf(controls));
  at('POST', '/reset', reset);
  at('GET', '/thread', (input) => threadOf(controls, input));
  at('POST', '/open', (input) => opened(controls, input));
  at('POST', '/pages', (input) => addAccount(controls, 'messenger', input), 201);
  at('POST', '/instagram-accounts', (input) => addAccount(controls, 'instagram', input), 201);
  at('POST', '/whatsapp-numbers', (input) => addAccount(controls, 'whatsapp', input), 201);
  at('POST', '/telegram-bots', (input) => addAccount(controls, 'telegram', input), 201);
  at('POST', '/tokens/:token/:how', (input, request) =>
    breakToken(controls, request.params as Record<string, string>, input),
  );
  at('POST', '/consent', (input) => consent(controls, input));
  at('POST', '/embedded-signup', (input) => embeddedSignup(controls, input));
  at('POST', '/deauthorize', (input) => deauthorize(controls, input));
  at('DELETE', '/subscriptions/:id', (_, request) =>
    dropSubscription(controls, (request.params as Record<string, string>)['id'] ?? ''),
  );
  at('POST', '/customers', (input) => addNewCustomer(controls, input), 201);
  at('PATCH', '/customers/:channel/:id', (input, request) =>
    changeCustomer(controls, request.params as Record<string, string>, input),
  );
  at('PATCH', '/settings', (input) => changeSettings(controls, input));
  at('POST', '/play', (input) => play(controls, input));
  at('POST', '/raw-webhook', (input) => rawWebhook(controls, input));
  at('POST', '/burst', (input) => burst(controls, input));
  at('GET', '/faults', () => ({ faults: faults.list() }));
  at('POST', '/faults', (input) => addFault(faults, input), 201);
  at('DELETE', '/faults', (input) => (faults.clear(num(input['id'])), { faults: faults.list() }));
  at('GET', '/openai', () => models.describe());
  at('POST', '/openai', (input) => models.configure(input));
  at('GET', '/ledger', (input) => {
    const kind = str(input['kind']);
    if (kind !== undefined && !LEDGER_KINDS.includes(kind as LedgerKind))
      throw new BadRequest(`"kind" must be one of ${LEDGER_KINDS.join(', ')}.`);
    return {
      last: ledger.last,
      idle: webhooks.idle,
      entries: ledger.list(kind as LedgerKind | undefined, num(input['since']) ?? 0, num(input['limit'])),
    };
  });
  billingControls(at, billing);
  at('DELETE', '/ledger', () => (ledger.clear(), { last: ledger.last }));
  server.get('/_sandbox/events', (request, reply) => {
    try {
      refuseStrangers(world, request);
    } catch (error) {
      return refusal(reply, error);
    }
    eventStream(world, request, reply);
    return reply;
  });
}

function addFault(faults: Faults, input: Obj): Obj {
  try {
    return faults.add(input);
  } catch (error) {
    throw new BadRequest(error instanceof Error ? error.message : String(error));
  }
}

function refuseStrangers(world: World, request: FastifyRequest): void {
  const { origin, host = '' } = request.headers;
  const named = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : '';
  // A name that someone else points at this machine would make their page look like ours.
  const misnamed = LOOPBACK.includes(new URL(world.url).hostname) && !LOOPBACK.includes(named);
  if (misnamed || (origin !== undefined && origin !== `http://${host}`)) {
    throw new BadRequest('The control API answers only its own page and programs, not other sites.');
  }
}

function refusal(reply: FastifyReply, error: unknown): FastifyReply {
  if (error instanceof BadRequest || error instanceof NotFound)
    return reply.code(error.status).send({ error: error.message });
  if (error instanceof UnreadableBody) return reply.code(400).send({ error: error.message });
  process.stderr.write(`Sandbox: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return reply
    .code(500)
    .send({ error: `The sandbox failed: ${error instanceof Error ? error.message : String(error)}` });
}
