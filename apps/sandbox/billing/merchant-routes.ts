import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FaultAction, Faults } from '../faults.ts';
import { bearerOf, readBody, strikeAfter, strikeBefore, UnreadableBody } from '../http.ts';
import type { Obj } from '../json.ts';
import type { Ledger } from '../ledger.ts';
import { BILLING_KEY } from './credentials.ts';
import type { MerchantName } from './model.ts';

/** What a merchant's API answers. */
export interface Answer {
  status: number;
  body?: unknown;
  /** Runs once the answer is on its way: the events of what has happened. */
  after?: () => void;
}

/** A call of a merchant's API, as its operation reads it. */
export interface Call {
  fields: Obj;
  /** The id in the address; empty where there is none. */
  id: string;
  request: FastifyRequest;
}

/** How a merchant's API is spoken to. */
export interface Dialect {
  merchant: MerchantName;
  contentType: string;
  /** An error as this merchant writes one; the status says the rest. */
  error(status: number, words: string): Obj;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** Adds operations of a merchant: the key is checked, faults may strike, and what it came to is written down. */
export function merchantRoutes(server: FastifyInstance, dialect: Dialect, { ledger, faults }: Parts) {
  const errorBody = (fault: FaultAction) => {
    const status = fault.rateLimit === true ? 429 : fault.body === undefined ? fault.status : undefined;
    return status === undefined ? undefined : { status, body: faulty(status) };
  };
  // A string, for Fastify writes an object as JSON only under JSON's usual name.
  const faulty = (status: number) => JSON.stringify(dialect.error(status, 'A fault was asked for.'));
  const answerOf = async (request: FastifyRequest, work: Work): Promise<Answer> => {
    const key = bearerOf(request);
    if (key !== BILLING_KEY)
      return refused(dialect, key === undefined ? 401 : dialect.merchant === 'paddle' ? 403 : 401);
    const id = (request.params as Record<string, string>)['id'] ?? '';
    try {
      return await work({ fields: (await readBody(request)).fields, id, request });
    } catch (error) {
      if (!(error instanceof UnreadableBody)) throw error;
      return { status: 400, body: dialect.error(400, error.message) };
    }
  };
  return (method: Method, path: string, work: Work): void => {
    server.route({
      method,
      url: `/${dialect.merchant}${path}`,
      handler: async (request, reply) => {
        const fault = faults.take(method, request.url, undefined);
        void reply.type(dialect.contentType);
        if (await strikeBefore(fault, reply, errorBody)) return reply;
        const { status, body, after } = await answerOf(request, work);
        ledger.record('billing', { merchant: dialect.merchant, method, path: request.url, status });
        after?.();
        if (strikeAfter(fault && { body: faulty(fault.statusAfterAccept ?? 500), ...fault }, reply)) return reply;
        return reply.code(status).send(body === undefined ? undefined : JSON.stringify(body));
      },
    });
  };
}

interface Parts {
  ledger: Ledger;
  faults: Faults;
}
type Work = (call: Call) => Answer | Promise<Answer>;

/** What a merchant says when it does not do something. */
export function refused(dialect: Dialect, status: number, words = 'This is not possible.'): Answer {
  return { status, body: dialect.error(status, words) };
}
