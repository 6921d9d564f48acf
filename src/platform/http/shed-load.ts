import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, ErrorCode } from '../errors/index.js';
import { formatError } from '../graphql/index.js';

const mostInFlight = 256;
const retryAfterSeconds = 2;
/**
 * Deliveries have a bound of their own, and so do the streams of visitors, which stay open for as long as a page does;
 * whoever watches the process must see it when it is busy.
 */
const spared = /^\/(webhooks|health|metrics|widget\/v1\/events)(\/|$)/;

/**
 * Refuses requests early, with 503 and Retry-After, before they pile up in memory: when as many are being answered as
 * this process can hold, and, since what platforms send comes before what people read, while deliveries wait to be
 * stored. A page asks again; a platform might not.
 */
export function shedLoad(fastify: FastifyInstance, intakeIsPressed: () => boolean): void {
  let inFlight = 0;
  fastify.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    if (spared.test(request.routeOptions.url ?? '')) return;
    if (inFlight >= mostInFlight || intakeIsPressed()) {
      const refusal = new DomainError(ErrorCode.UNAVAILABLE, 'The server is busy. Try again in a moment.', {
        retryAfter: retryAfterSeconds,
      });
      const answer =
        request.routeOptions.url === '/graphql'
          ? { errors: [formatError(refusal, request.id)] }
          : { code: refusal.code, message: refusal.message, requestId: request.id };
      return reply.status(503).header('retry-after', String(retryAfterSeconds)).send(answer);
    }
    inFlight += 1;
    reply.raw.once('close', () => (inFlight -= 1));
  });
}
