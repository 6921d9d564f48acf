import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { tokenFailure } from '../graph/call.ts';
import type { World } from '../world/world.ts';
import { checkUrl } from './urls.ts';

/** The pretend CDN: addresses end after a while, and WhatsApp's want the token. */
export function mediaRoutes(server: FastifyInstance, world: World): void {
  server.get('/cdn/media/:id', (request, reply) => {
    const { id } = request.params as { id: string };
    const { oe = '', oh = '' } = request.query as Record<string, string>;
    return serve(request, reply, world, id, checkUrl('open', id, oe, oh));
  });

  server.get('/cdn/whatsapp/:id', (request, reply) => {
    const { id } = request.params as { id: string };
    const { ext = '', hash = '' } = request.query as Record<string, string>;
    const value = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const token = value === undefined ? undefined : world.tokens.get(value);
    const owner = world.media.get(id)?.ownerId ?? '';
    if (!token || tokenFailure(token) || !token.targets.includes(owner))
      return reply.code(401).type('text/plain').send('Unauthorized');
    return serve(request, reply, world, id, checkUrl('guarded', id, ext, hash));
  });
}

function serve(
  _request: FastifyRequest,
  reply: FastifyReply,
  world: World,
  id: string,
  url: 'ok' | 'expired' | 'wrong',
): FastifyReply {
  const media = world.media.get(id);
  if (url === 'expired') return reply.code(403).type('text/plain').send('URL signature expired');
  if (url === 'wrong' || !media) return reply.code(404).type('text/plain').send('Not found');
  void reply.header(
    'content-disposition',
    media.filename ? `attachment; filename="${media.filename.replace(/[^\w.-]/g, '_')}"` : 'inline',
  );
  void reply
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', 'sandbox')
    .header('cache-control', 'private, max-age=60');
  return reply.type(media.mimeType).send(media.bytes);
}
