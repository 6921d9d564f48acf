import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, ErrorCode } from '../errors/index.js';
import { cutLateBody, cutSlowUpload } from './slow-bodies.js';
import type { UploadDoors } from './upload-doors.js';
import { UploadPlaces } from './upload-places.js';

/** The routes that take files, and the most bytes of each with what a form puts around a file. */
const largest: Readonly<Record<string, number>> = {
  '/files': 25_100_000,
  '/widget/v1/files': 10_100_000,
};
const limits = { places: 8, waiting: 100, waitingOfOne: 12, waitMilliseconds: 20_000 } as const;
const retryAfterSeconds = 2;

/** Whether a route takes the bytes of files. */
export function isUploadRoute(route: string | undefined): boolean {
  return route !== undefined && Object.hasOwn(largest, route);
}

/**
 * Lets the routes of files take more than others, and only so many at once: a body is held in memory before anybody looks
 * at it. Who may not send one, or has no room for it, is turned away before a place is taken and before the body is read.
 */
export function takeUploads(fastify: FastifyInstance, doors: UploadDoors): void {
  const places = new UploadPlaces(limits);
  fastify.addHook('onRoute', (route) => {
    const limit = Object.hasOwn(largest, route.url) ? largest[route.url] : undefined;
    if (limit !== undefined) route.bodyLimit = limit;
  });
  fastify.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    const { url } = request.routeOptions;
    if (url === undefined || !isUploadRoute(url) || request.method !== 'POST') {
      cutLateBody(request, reply);
      return;
    }
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const bytes = lengthOf(request);
    if (bytes !== null && bytes > (largest[url] ?? 0)) return;
    const shares = await doors.ask(url, request, bytes);
    if (!(await places.take(shares, gone.signal))) {
      const message = 'Many files are being uploaded. Try again in a moment.';
      throw new DomainError(ErrorCode.UNAVAILABLE, message, { retryAfter: retryAfterSeconds });
    }
    if (gone.signal.aborted) {
      places.give(shares);
      return reply;
    }
    gone.signal.addEventListener('abort', () => places.give(shares), { once: true });
    cutSlowUpload(request, reply);
  });
}

/** The length that a caller says its body has; what is longer than it says is never read. */
function lengthOf(request: FastifyRequest): number | null {
  const said = request.headers['content-length'];
  return said === undefined ? null : Number(said);
}
