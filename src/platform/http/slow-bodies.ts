import type { FastifyReply, FastifyRequest } from 'fastify';

const bodySeconds = 30;
const lookMilliseconds = 3_000;
/** Bytes that come between two looks from anyone who is really sending: 4 kB a second. */
const leastBytes = 12_000;
/** A process that was busy may have read nothing for one look. */
const patientLooks = 2;

/** Cuts a call whose body is not here after half a minute. Files have more time, and a pace to keep. */
export function cutLateBody(request: FastifyRequest, reply: FastifyReply): void {
  const { headers } = request.raw;
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return;
  const timer = setTimeout(() => {
    if (!request.raw.complete) cut(request);
  }, bodySeconds * 1_000).unref();
  reply.raw.once('close', () => clearTimeout(timer));
}

/** Cuts an upload that has begun and hardly goes on. */
export function cutSlowUpload(request: FastifyRequest, reply: FastifyReply): void {
  const { socket } = request.raw;
  let read = socket.bytesRead;
  let slow = 0;
  const timer = setInterval(() => {
    slow = socket.bytesRead - read < leastBytes ? slow + 1 : 0;
    read = socket.bytesRead;
    if (request.raw.complete) clearInterval(timer);
    else if (slow >= patientLooks) cut(request);
  }, lookMilliseconds).unref();
  reply.raw.once('close', () => clearInterval(timer));
}

// The handler has not run, and never will: what is said goes past it.
function cut({ raw: { socket } }: FastifyRequest): void {
  const body = JSON.stringify({ code: 'BAD_USER_INPUT', message: 'What was sent came too slowly. Try again.' });
  const head = `HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${String(body.length)}`;
  socket.end(`${head}\r\n\r\n${body}`, () => socket.destroy());
}
