import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ErrorCode } from '../errors/index.js';

/** The routes that take files, and the most bytes of each with what a form puts around a file. */
const largest: Readonly<Record<string, number>> = {
  '/files': 25_100_000,
  '/widget/v1/files': 10_100_000,
};
const mostAtOnce = 8;
const retryAfterSeconds = 2;

/** Whether a route takes the bytes of files. */
export function isUploadRoute(route: string | undefined): boolean {
  return route !== undefined && Object.hasOwn(largest, route);
}

/**
 * Lets the routes of files take more than others, and only so many at once: a body is held in memory before anybody looks
 * at it. Whoever brings nothing that could be a permission is turned away before that.
 */
export function takeUploads(fastify: FastifyInstance): void {
  let underWay = 0;
  fastify.addHook('onRoute', (route) => {
    const limit = Object.hasOwn(largest, route.url) ? largest[route.url] : undefined;
    if (limit !== undefined) route.bodyLimit = limit;
  });
  fastify.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    if (!isUploadRoute(request.routeOptions.url)) return;
    const { session, token } = request.context.credentials;
    if (session === null && token === null)
      return reply
        .status(401)
        .send({ code: ErrorCode.UNAUTHENTICATED, message: 'Sign in first.', requestId: request.id });
    if (underWay >= mostAtOnce) {
      const message = 'Many files are being uploaded. Try again in a moment.';
      return reply
        .status(503)
        .header('retry-after', String(retryAfterSeconds))
        .send({ code: ErrorCode.UNAVAILABLE, message, requestId: request.id });
    }
    underWay += 1;
    reply.raw.once('close', () => (underWay -= 1));
  });
}
