import type { FastifyReply, FastifyRequest } from 'fastify';
import type { World } from '../world/world.ts';

/** Server-sent events: messages, typing, ledger entries and changes of state, as they happen. */
export function eventStream(world: World, request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  reply.raw.write('retry: 1000\n\n');
  const stop = world.listen((notice) => {
    // A page that reads too slowly asks again rather than let the process hold its backlog.
    if (reply.raw.writableLength > 4_000_000) return void reply.raw.destroy();
    reply.raw.write(`event: ${notice.type}\ndata: ${JSON.stringify(notice)}\n\n`);
  });
  const beat = setInterval(() => reply.raw.write(': still here\n\n'), 15_000);
  request.raw.on('close', () => {
    clearInterval(beat);
    stop();
  });
}
