import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FaultAction } from './faults.ts';
import { obj, type Obj } from './json.ts';
import type { Upload } from './graph/call.ts';

/** A body that could not be read, in words for the caller. */
export class UnreadableBody extends Error {}

export interface ReadBody {
  fields: Obj;
  files: Map<string, Upload>;
}

/** The body by its content type: JSON, form or multipart. Nothing sent is an empty set of fields. */
export async function readBody(request: FastifyRequest): Promise<ReadBody> {
  const files = new Map<string, Upload>();
  const bytes = request.body;
  const type = request.headers['content-type'] ?? '';
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) return { fields: {}, files };
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return { fields: Object.fromEntries(new URLSearchParams(bytes.toString('utf8'))), files };
  }
  if (type.startsWith('multipart/form-data')) {
    // The whole body is in memory already and comes from this machine: a streaming parser would gain nothing.
    const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } })
      // eslint-disable-next-line @typescript-eslint/no-deprecated
      .formData()
      .catch(() => {
        throw new UnreadableBody('The multipart body could not be read.');
      });
    const fields: Obj = {};
    for (const [name, value] of form.entries()) {
      if (typeof value === 'string') fields[name] = value;
      else
        files.set(name, { bytes: Buffer.from(await value.arrayBuffer()), filename: value.name, mimeType: value.type });
    }
    return { fields, files };
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new UnreadableBody('The body is not valid JSON.');
  }
  const fields = obj(parsed);
  if (!fields) throw new UnreadableBody('The body must be a JSON object.');
  return { fields, files };
}

/** The key or token of an Authorization header. */
export function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

const DRIP_MS = 100;

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Cuts the connection so that the caller sees a reset. */
export function reset(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.socket?.resetAndDestroy();
}

/** Never answers; the caller's own patience decides. */
export function hang(reply: FastifyReply): void {
  reply.hijack();
}

/** Begins an answer and never ends it: a byte now and then, so that no pause is long. */
function drip(reply: FastifyReply): void {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => raw.write(' '), DRIP_MS);
  raw.on('close', () => clearInterval(timer));
}

/** Faults that strike before the request has any effect. True when the request was dealt with. */
export async function strikeBefore(
  fault: FaultAction | undefined,
  reply: FastifyReply,
  errorBody: (fault: FaultAction) => { status: number; body: unknown; headers?: Record<string, string> } | undefined,
): Promise<boolean> {
  if (!fault) return false;
  if (fault.delayMs !== undefined) await pause(fault.delayMs);
  if (fault.retryAfter !== undefined) void reply.header('retry-after', String(fault.retryAfter));
  if (fault.resetBeforeAccept) return (reset(reply), true);
  if (fault.hangBeforeAccept) return (hang(reply), true);
  if (fault.dripBeforeAccept) return (drip(reply), true);
  if (fault.garbage) {
    await reply
      .code(fault.status ?? 200)
      .type('application/json')
      .send('<html>\u0000{"not": json');
    return true;
  }
  const shaped = errorBody(fault);
  if (shaped) {
    if (shaped.headers) void reply.headers(shaped.headers);
    await reply.code(shaped.status).send(shaped.body);
    return true;
  }
  if (fault.status !== undefined) {
    await reply.code(fault.status).send(
      fault.body ?? {
        error: { message: 'A fault was asked for.', type: 'OAuthException', code: 2, is_transient: true },
      },
    );
    return true;
  }
  return false;
}

/** Faults that strike when the request has taken effect. True when the answer was dealt with. */
export function strikeAfter(fault: FaultAction | undefined, reply: FastifyReply): boolean {
  if (fault?.resetAfterAccept) return (reset(reply), true);
  if (fault?.hangAfterAccept) return (hang(reply), true);
  if (fault?.statusAfterAccept !== undefined) {
    void reply.code(fault.statusAfterAccept).send(
      fault.body ?? {
        error: { message: 'An unknown error occurred', type: 'OAuthException', code: 1, is_transient: true },
      },
    );
    return true;
  }
  return false;
}
